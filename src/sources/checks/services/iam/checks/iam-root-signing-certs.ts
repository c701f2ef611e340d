import { defineCheck, failIf, unknown } from '../../../catalogue.ts';
import { rootIn } from '../root.ts';

export const iamRootSigningCerts = defineCheck({
  id: 'iam-root-signing-certs',
  title: 'Root user holds no signing certificates',
  service: 'iam',
  depth: 'standard',
  level: 'high',
  category: 'access',
  resourceType: 'AWS::IAM::Root',
  failsWhen: 'cert_1_active or cert_2_active of the root row is true. No root row is unknown.',
  remediation: 'Sign in as root and delete its X.509 signing certificates.',
  on: 'iam:GetAccountSummary',
  needs: ['iam:GetCredentialReport'],
  judge(_, { list }) {
    const root = rootIn(list('iam:GetCredentialReport'));
    if (root === undefined) return unknown('failed: the credential report has no row for root');
    return failIf(root.activeCertificates > 0, { certificates: root.activeCertificates });
  },
});
