import { defineCheck, failIf } from '../../../catalogue.ts';
import { isFullAdmin } from '../full-admin.ts';

export const iamAwsAdminPolicyAttached = defineCheck({
  id: 'iam-aws-admin-policy-attached',
  title: 'AWS managed administrator policies are not attached',
  service: 'iam',
  depth: 'standard',
  level: 'high',
  category: 'access',
  resourceType: 'AWS::IAM::Policy',
  failsWhen:
    'An AWS managed policy that allows every action on every resource (AdministratorAccess and its like) has AttachmentCount above 0. No verdict for managed policies that are not attached.',
  remediation: 'Detach it wherever it is attached; use narrower policies and a break-glass role.',
  command: 'aws iam list-entities-for-policy --policy-arn arn:aws:iam::aws:policy/AdministratorAccess',
  on: 'iam:GetAccountAuthorizationDetails',
  judge(policy) {
    if (policy.kind !== 'policy' || !policy.ofAws || policy.attachments === 0) return null;
    return failIf(isFullAdmin(policy.document), { attachments: policy.attachments });
  },
});
