import { defineCheck, failIf } from '../../../catalogue.ts';

export const cognitoPoolMfa = defineCheck({
  id: 'cognito-pool-mfa',
  title: 'User pool asks for MFA',
  service: 'cognito',
  depth: 'standard',
  level: 'medium',
  category: 'access',
  resourceType: 'AWS::Cognito::UserPool',
  failsWhen: 'MfaConfiguration is not ON (OPTIONAL fails).',
  remediation: 'Require MFA.',
  command:
    'aws cognito-idp set-user-pool-mfa-config --user-pool-id POOL --mfa-configuration ON --software-token-mfa-configuration Enabled=true',
  on: 'cognito-identity-provider:ListUserPools',
  needs: ['cognito-identity-provider:DescribeUserPool'],
  judge(_, { detail }) {
    const mfa = detail('cognito-identity-provider:DescribeUserPool')?.mfa;
    return failIf(mfa !== 'ON', { mfa });
  },
});
