import { defineCheck } from '../../../catalogue.ts';

export const rdsClusterDeletionProtection = defineCheck({
  id: 'rds-cluster-deletion-protection',
  title: 'Cluster deletion protection is on',
  service: 'rds',
  depth: 'standard',
  level: 'medium',
  category: 'availability',
  resourceType: 'AWS::RDS::DBCluster',
  failsWhen: 'DeletionProtection of the cluster is false.',
  remediation: 'Turn deletion protection on.',
  command: 'aws rds modify-db-cluster --db-cluster-identifier CLUSTER --deletion-protection',
  on: 'rds:DescribeDBClusters',
  failsIf: { path: 'deletionProtection', op: 'is', value: false },
});
