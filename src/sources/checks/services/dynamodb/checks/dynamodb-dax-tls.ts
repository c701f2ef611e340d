import { defineCheck } from '../../../catalogue.ts';

export const dynamodbDaxTls = defineCheck({
  id: 'dynamodb-dax-tls',
  title: 'DAX cluster uses TLS',
  service: 'dynamodb',
  depth: 'standard',
  level: 'medium',
  category: 'transit',
  resourceType: 'AWS::DAX::Cluster',
  failsWhen: 'ClusterEndpointEncryptionType is not TLS.',
  remediation: 'Make a new cluster with TLS endpoints (it cannot be changed).',
  on: 'dax:DescribeClusters',
  failsIf: { path: 'endpointEncryption', op: 'is-not', value: 'TLS' },
});
