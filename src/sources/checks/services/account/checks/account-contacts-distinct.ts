import { defineCheck, failIf } from '../../../catalogue.ts';

export const accountContactsDistinct = defineCheck({
  id: 'account-contacts-distinct',
  title: 'Security, billing and operations contacts differ',
  service: 'account',
  depth: 'deep',
  level: 'low',
  category: 'governance',
  resourceType: 'AWS::Account::Contact',
  failsWhen:
    'Any of SECURITY, BILLING and OPERATIONS is missing, or two of them (or one and the primary contact) have the same e-mail address, phone number or name.',
  remediation: 'Register different people or teams for security, billing and operations.',
  command:
    'aws account put-alternate-contact --alternate-contact-type OPERATIONS --name NAME --title TITLE --email-address ADDRESS --phone-number NUMBER',
  on: 'account:GetContactInformation',
  needs: ['account:GetAlternateContact'],
  judge(primary, { list }) {
    const others = list('account:GetAlternateContact');
    const missing = others.filter(({ exists }) => !exists).map(({ type }) => type);
    const all = [...others, primary].map(({ fingerprints }) => new Set(fingerprints));
    const shared = all.some((one, index) =>
      all.slice(index + 1).some((other) => [...one].some((fingerprint) => other.has(fingerprint))),
    );
    return failIf(missing.length > 0 || shared, { missing, shared });
  },
});
