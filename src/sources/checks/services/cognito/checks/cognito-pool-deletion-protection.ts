import { defineCheck, failIf } from '../../../catalogue.ts';

export const cognitoPoolDeletionProtection = defineCheck({
  id: 'cognito-pool-deletion-protection',
  title: 'User pool is protected from deletion',
  service: 'cognito',
  depth: 'deep',
  level: 'medium',
  category: 'availability',
  resourceType: 'AWS::Cognito::UserPool',
  failsWhen: 'DeletionProtection is not ACTIVE.',
  remediation: 'Turn deletion protection on (the call resets settings that are left out).',
  command: 'aws cognito-idp update-user-pool --user-pool-id POOL --deletion-protection ACTIVE',
  on: 'cognito-identity-provider:ListUserPools',
  needs: ['cognito-identity-provider:DescribeUserPool'],
  judge(_, { detail }) {
    return failIf(detail('cognito-identity-provider:DescribeUserPool')?.deletionProtected !== true);
  },
});
