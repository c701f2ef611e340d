import { defineCheck } from '../../../catalogue.ts';

export const accountInOrganization = defineCheck({
  id: 'account-in-organization',
  title: 'Account belongs to an organisation',
  service: 'account',
  depth: 'standard',
  level: 'medium',
  category: 'governance',
  resourceType: 'AWS::Organizations::Account',
  failsWhen: 'DescribeOrganization answers AWSOrganizationsNotInUseException.',
  remediation: 'Invite the account into the organisation.',
  command: 'aws organizations invite-account-to-organization --target Id=ACCOUNT,Type=ACCOUNT',
  on: 'organizations:DescribeOrganization',
  failsIf: { path: 'exists', op: 'is', value: false },
});
