import { defineCheck, failIf } from '../../../catalogue.ts';

export const cognitoPoolPassword = defineCheck({
  id: 'cognito-pool-password',
  title: 'User pool passwords are long',
  service: 'cognito',
  depth: 'standard',
  level: 'medium',
  category: 'access',
  resourceType: 'AWS::Cognito::UserPool',
  failsWhen: 'Policies.PasswordPolicy.MinimumLength is below min or there is no policy.',
  remediation: 'Ask for 14 characters (the call resets settings that are left out).',
  command: 'aws cognito-idp update-user-pool --user-pool-id POOL --policies file://policies.json',
  parameters: { min: 14 },
  on: 'cognito-identity-provider:ListUserPools',
  needs: ['cognito-identity-provider:DescribeUserPool'],
  judge(_, { detail, parameters }) {
    const minimumLength = detail('cognito-identity-provider:DescribeUserPool')?.minimumLength ?? null;
    return failIf((minimumLength ?? 0) < parameters.min, { minimumLength });
  },
});
