import { defineCheck } from '../../../catalogue.ts';

export const rdsInstanceInVpc = defineCheck({
  id: 'rds-instance-in-vpc',
  title: 'Instance lives in a VPC',
  service: 'rds',
  depth: 'deep',
  level: 'high',
  category: 'public',
  resourceType: 'AWS::RDS::DBInstance',
  failsWhen: 'The instance has no VPC (no DBSubnetGroup.VpcId).',
  remediation: 'Restore a snapshot into a subnet group of a VPC.',
  command:
    'aws rds restore-db-instance-from-db-snapshot --db-instance-identifier NEW --db-snapshot-identifier SNAPSHOT --db-subnet-group-name GROUP',
  on: 'rds:DescribeDBInstances',
  failsIf: { path: 'vpcId', op: 'is', value: null },
});
