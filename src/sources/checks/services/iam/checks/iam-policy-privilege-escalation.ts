import { defineCheck, failIf } from '../../../catalogue.ts';
import { escalationPaths } from '../../../iam-policy/escalation.ts';
import { judgeCustomerPolicy } from '../policies.ts';

export const iamPolicyPrivilegeEscalation = defineCheck({
  id: 'iam-policy-privilege-escalation',
  title: 'No customer policy opens a privilege-escalation path',
  service: 'iam',
  depth: 'standard',
  level: 'high',
  category: 'access',
  resourceType: 'AWS::IAM::Policy',
  failsWhen:
    'A customer policy allows on * (or on roles, users or policies at large) all actions of a known escalation path, such as iam:CreatePolicyVersion; iam:SetDefaultPolicyVersion; iam:AttachUserPolicy, AttachRolePolicy, PutUserPolicy or their like; iam:CreateAccessKey; iam:CreateLoginProfile or UpdateLoginProfile; iam:UpdateAssumeRolePolicy with sts:AssumeRole; iam:AddUserToGroup; iam:PassRole with ec2:RunInstances, lambda:CreateFunction plus InvokeFunction or an event source, glue:CreateDevEndpoint, cloudformation:CreateStack, datapipeline, sagemaker, codebuild, ecs or ssm; lambda:UpdateFunctionCode. Denied actions do not count; full administrators fail iam-policy-full-admin instead and pass here.',
  remediation:
    'Take the named actions out of the policy or limit them to fixed ARNs; limit iam:PassRole with iam:PassedToService; set a permissions boundary.',
  command:
    'aws iam create-policy-version --policy-arn ARN --policy-document file://policy.json --set-as-default',
  on: 'iam:GetAccountAuthorizationDetails',
  judge: (policy) =>
    judgeCustomerPolicy(policy, (statements) => {
      const paths = escalationPaths(statements);
      return failIf(paths.length > 0, { paths });
    }),
});
