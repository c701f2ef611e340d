import { defineCheck, failIf } from '../../../catalogue.ts';
import { escalationPaths } from '../../../iam-policy/escalation.ts';
import { judgeInlinePolicies } from '../policies.ts';

export const iamInlinePrivilegeEscalation = defineCheck({
  id: 'iam-inline-privilege-escalation',
  title: 'No inline policy opens a privilege-escalation path',
  service: 'iam',
  depth: 'standard',
  level: 'high',
  category: 'access',
  resourceType: 'AWS::IAM::Policy',
  failsWhen:
    'The same paths as in iam-policy-privilege-escalation, in an inline policy of a user, group or role.',
  remediation: 'Take the named actions out of the inline policy or limit their resources.',
  command:
    'aws iam put-role-policy --role-name ROLE --policy-name POLICY --policy-document file://policy.json',
  on: 'iam:GetAccountAuthorizationDetails',
  judge: (identity) =>
    judgeInlinePolicies(identity, (statements) => {
      const paths = escalationPaths(statements);
      return failIf(paths.length > 0, { paths });
    }),
});
