import { defineCheck, failIf } from '../../../catalogue.ts';

export const accountSecurityContact = defineCheck({
  id: 'account-security-contact',
  title: 'A security contact is registered',
  service: 'account',
  depth: 'quick',
  level: 'medium',
  category: 'governance',
  resourceType: 'AWS::Account::Contact',
  failsWhen: 'GetAlternateContact for SECURITY answers ResourceNotFoundException.',
  remediation: 'Register a security contact with a shared mailbox.',
  command:
    'aws account put-alternate-contact --alternate-contact-type SECURITY --name NAME --title TITLE --email-address ADDRESS --phone-number NUMBER',
  on: 'account:GetAlternateContact',
  judge: ({ type, exists }) => (type === 'SECURITY' ? failIf(!exists) : null),
});
