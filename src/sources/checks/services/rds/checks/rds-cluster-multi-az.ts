import { defineCheck } from '../../../catalogue.ts';

export const rdsClusterMultiAz = defineCheck({
  id: 'rds-cluster-multi-az',
  title: 'Cluster is multi-AZ',
  service: 'rds',
  depth: 'standard',
  level: 'medium',
  category: 'availability',
  resourceType: 'AWS::RDS::DBCluster',
  failsWhen: 'MultiAZ of the cluster is false (fewer than two zones with an instance).',
  remediation: 'Add a reader in another zone.',
  command:
    'aws rds create-db-instance --db-instance-identifier NEW --db-cluster-identifier CLUSTER --engine ENGINE --db-instance-class CLASS',
  on: 'rds:DescribeDBClusters',
  failsIf: { path: 'multiAz', op: 'is', value: false },
});
