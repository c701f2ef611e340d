import { defineCheck, failIf } from '../../../catalogue.ts';
import { webIdentityTrusts } from '../oidc-trust.ts';
import { isServiceLinked } from '../trust.ts';

export const iamOidcTrustUnrestricted = defineCheck({
  id: 'iam-oidc-trust-unrestricted',
  title: 'Web-identity trusts pin audience and subject',
  service: 'iam',
  depth: 'standard',
  level: 'high',
  category: 'access',
  resourceType: 'AWS::IAM::Role',
  failsWhen:
    'A role trusts an OIDC provider (Federated, AssumeRoleWithWebIdentity) and its conditions do not pin both audience (…:aud) and subject (…:sub), or pin the subject by * or, for GitHub, by repo:* or repo:<owner>/* with StringLike. EKS service-account trusts need a fixed namespace.',
  remediation: 'Pin aud with StringEquals and sub to one repository and branch or one service account.',
  command: 'aws iam update-assume-role-policy --role-name ROLE --policy-document file://trust.json',
  on: 'iam:GetAccountAuthorizationDetails',
  judge(role) {
    if (role.kind !== 'role' || isServiceLinked(role)) return null;
    const trusts = webIdentityTrusts(role.trustPolicy);
    if (trusts.length === 0) return null;
    const loose = trusts.filter(({ pinned }) => !pinned).map(({ provider }) => provider);
    return failIf(loose.length > 0, { providers: loose });
  },
});
