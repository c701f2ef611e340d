import { defineCheck, failIf } from '../../../catalogue.ts';
import { holdersOf } from '../policies.ts';

export const iamCloudshellFullAccess = defineCheck({
  id: 'iam-cloudshell-full-access',
  title: 'AWSCloudShellFullAccess is not attached',
  service: 'iam',
  depth: 'standard',
  level: 'medium',
  category: 'access',
  resourceType: 'AWS::IAM::Policy',
  failsWhen:
    'AWSCloudShellFullAccess is attached to a user, group or role. One verdict for the policy, the holders named.',
  remediation: 'Detach it, or deny file transfer by a policy of your own.',
  command:
    'aws iam detach-role-policy --role-name ROLE --policy-arn arn:aws:iam::aws:policy/AWSCloudShellFullAccess',
  on: 'iam:GetAccountSummary',
  needs: ['iam:GetAccountAuthorizationDetails'],
  judge(_, { list }) {
    const holders = holdersOf('AWSCloudShellFullAccess', list('iam:GetAccountAuthorizationDetails'));
    return failIf(holders.length > 0, { holders: holders.map(({ id }) => id) });
  },
});
