import { defineCheck, failIf } from '../../../catalogue.ts';
import { holdersOf } from '../policies.ts';

export const iamSupportRole = defineCheck({
  id: 'iam-support-role',
  title: 'A role exists for working with AWS Support',
  service: 'iam',
  depth: 'standard',
  level: 'low',
  category: 'governance',
  resourceType: 'AWS::IAM::Role',
  failsWhen: 'AWSSupportAccess is attached to no role. One verdict per account.',
  remediation: 'Attach AWSSupportAccess to a role for incidents.',
  command:
    'aws iam attach-role-policy --role-name ROLE --policy-arn arn:aws:iam::aws:policy/AWSSupportAccess',
  on: 'iam:GetAccountSummary',
  needs: ['iam:GetAccountAuthorizationDetails'],
  judge(_, { list }) {
    const holders = holdersOf('AWSSupportAccess', list('iam:GetAccountAuthorizationDetails'));
    const roles = holders.filter(({ kind }) => kind === 'role').map(({ name }) => name);
    return failIf(roles.length === 0, { roles });
  },
});
