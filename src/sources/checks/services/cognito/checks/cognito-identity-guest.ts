import { defineCheck, failIf } from '../../../catalogue.ts';

export const cognitoIdentityGuest = defineCheck({
  id: 'cognito-identity-guest',
  title: 'Guest access is off',
  service: 'cognito',
  depth: 'standard',
  level: 'medium',
  category: 'public',
  resourceType: 'AWS::Cognito::IdentityPool',
  failsWhen: 'AllowUnauthenticatedIdentities is true.',
  remediation: 'Turn guest access off.',
  command:
    'aws cognito-identity update-identity-pool --identity-pool-id POOL --identity-pool-name NAME --no-allow-unauthenticated-identities',
  on: 'cognito-identity:ListIdentityPools',
  needs: ['cognito-identity:DescribeIdentityPool'],
  judge(_, { detail }) {
    return failIf(detail('cognito-identity:DescribeIdentityPool')?.allowsGuests !== false);
  },
});
