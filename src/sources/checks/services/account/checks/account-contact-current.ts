import { defineCheck, failIf } from '../../../catalogue.ts';

export const accountContactCurrent = defineCheck({
  id: 'account-contact-current',
  title: 'Account contact details are filled in',
  service: 'account',
  depth: 'deep',
  level: 'medium',
  category: 'governance',
  resourceType: 'AWS::Account::Contact',
  failsWhen:
    'FullName, AddressLine1, City, PostalCode, CountryCode or PhoneNumber of the primary contact is empty; that the contact is still right only a person can confirm. Seen from the account itself or the management account, elsewhere unknown.',
  remediation: 'Fill in the primary contact.',
  command: 'aws account put-contact-information --contact-information file://contact.json',
  on: 'account:GetContactInformation',
  judge: ({ missing }) => failIf(missing.length > 0, { missing }),
});
