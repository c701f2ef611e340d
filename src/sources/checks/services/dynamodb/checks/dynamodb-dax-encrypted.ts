import { defineCheck } from '../../../catalogue.ts';

export const dynamodbDaxEncrypted = defineCheck({
  id: 'dynamodb-dax-encrypted',
  title: 'DAX cluster is encrypted',
  service: 'dynamodb',
  depth: 'standard',
  level: 'medium',
  category: 'rest',
  resourceType: 'AWS::DAX::Cluster',
  failsWhen: 'SSEDescription.Status is not ENABLED.',
  remediation: 'Make a new cluster with encryption (it cannot be changed).',
  on: 'dax:DescribeClusters',
  failsIf: { path: 'encrypted', op: 'is', value: false },
});
