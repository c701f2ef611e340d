import { defineCheck, failIf } from '../../../catalogue.ts';

export const iamServerCertExpired = defineCheck({
  id: 'iam-server-cert-expired',
  title: 'No expired server certificate is stored in IAM',
  service: 'iam',
  depth: 'standard',
  level: 'high',
  category: 'transit',
  resourceType: 'AWS::IAM::ServerCertificate',
  failsWhen:
    'The expiration of a server certificate stored in IAM is in the past (at the moment of the snapshot).',
  remediation: 'Delete the certificate; keep new ones in ACM.',
  command: 'aws iam delete-server-certificate --server-certificate-name NAME',
  on: 'iam:ListServerCertificates',
  judge: ({ expiresAt }, { now }) => failIf(Date.parse(expiresAt) < now, { expiresAt }),
});
