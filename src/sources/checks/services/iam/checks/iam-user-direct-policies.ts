import { defineCheck, failIf } from '../../../catalogue.ts';

export const iamUserDirectPolicies = defineCheck({
  id: 'iam-user-direct-policies',
  title: 'Users get rights through groups or roles only',
  service: 'iam',
  depth: 'standard',
  level: 'low',
  category: 'access',
  resourceType: 'AWS::IAM::User',
  failsWhen:
    'A managed policy is attached to the user itself or an inline policy sits on it; rights through groups pass. One verdict per user, the policies named in the details.',
  remediation: 'Move the rights to a group or role.',
  command: 'aws iam detach-user-policy --user-name USER --policy-arn ARN',
  on: 'iam:GetAccountAuthorizationDetails',
  judge(user) {
    if (user.kind !== 'user') return null;
    const inline = user.inline.map(({ name }) => name);
    return failIf(user.attached.length + inline.length > 0, { attached: user.attached, inline });
  },
});
