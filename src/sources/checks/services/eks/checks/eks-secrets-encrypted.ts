import { defineCheck, failIf } from '../../../catalogue.ts';

export const eksSecretsEncrypted = defineCheck({
  id: 'eks-secrets-encrypted',
  title: 'Secrets are encrypted with a KMS key',
  service: 'eks',
  depth: 'quick',
  level: 'medium',
  category: 'rest',
  resourceType: 'AWS::EKS::Cluster',
  failsWhen: 'No encryptionConfig covers the resource secrets.',
  remediation: 'Encrypt secrets with a KMS key (irreversible).',
  command:
    'aws eks associate-encryption-config --cluster-name CLUSTER --encryption-config file://encryption.json',
  on: 'eks:ListClusters',
  needs: ['eks:DescribeCluster'],
  judge(_, { detail }) {
    const cluster = detail('eks:DescribeCluster');
    if (cluster === null) return null;
    const { encryptsSecrets } = cluster;
    return failIf(!encryptsSecrets, { encryptsSecrets });
  },
});
