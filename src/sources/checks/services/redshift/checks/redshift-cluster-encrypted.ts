import { defineCheck } from '../../../catalogue.ts';

export const redshiftClusterEncrypted = defineCheck({
  id: 'redshift-cluster-encrypted',
  title: 'Cluster is encrypted',
  service: 'redshift',
  depth: 'quick',
  level: 'high',
  category: 'rest',
  resourceType: 'AWS::Redshift::Cluster',
  failsWhen: 'Encrypted is false.',
  remediation: 'Turn on encryption with a key (the cluster is moved in the background).',
  command: 'aws redshift modify-cluster --cluster-identifier CLUSTER --encrypted --kms-key-id KEY',
  on: 'redshift:DescribeClusters',
  failsIf: { path: 'encrypted', op: 'is', value: false },
});
