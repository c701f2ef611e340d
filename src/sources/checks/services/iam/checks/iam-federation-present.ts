import { defineCheck, failIf } from '../../../catalogue.ts';

export const iamFederationPresent = defineCheck({
  id: 'iam-federation-present',
  title: 'People sign in through federation',
  service: 'iam',
  depth: 'deep',
  level: 'low',
  category: 'access',
  resourceType: 'AWS::IAM::SAMLProvider',
  failsWhen:
    'There is neither a SAML provider nor a role AWSReservedSSO_… of IAM Identity Center. OIDC providers do not count: they are used by machines (GitHub, EKS) far more often than by people.',
  remediation: 'Set up IAM Identity Center or a SAML provider.',
  command: 'aws iam create-saml-provider --name NAME --saml-metadata-document file://metadata.xml',
  on: 'iam:GetAccountSummary',
  needs: ['iam:ListSAMLProviders', 'iam:GetAccountAuthorizationDetails'],
  judge(_, { list }) {
    const providers = list('iam:ListSAMLProviders').map(({ id }) => id);
    const ofIdentityCenter = list('iam:GetAccountAuthorizationDetails').some(
      ({ kind, name }) => kind === 'role' && name.startsWith('AWSReservedSSO_'),
    );
    return failIf(providers.length === 0 && !ofIdentityCenter, { providers });
  },
});
