import { defineCheck, failIf, unknown } from '../../../catalogue.ts';
import { clusterNamed } from '../clusters.ts';

export const rdsInstanceDefaultAdmin = defineCheck({
  id: 'rds-instance-default-admin',
  title: 'Administrator name is not the default',
  service: 'rds',
  depth: 'deep',
  level: 'medium',
  category: 'access',
  resourceType: 'AWS::RDS::DBInstance',
  failsWhen:
    'MasterUsername of the instance (of the cluster for members) is one of names. One verdict per instance and per cluster; a name that AWS does not tell is unknown.',
  remediation: 'Restore into an instance with another administrator name (it cannot be changed).',
  parameters: { names: ['admin', 'postgres', 'root', 'sa', 'awsuser'] },
  on: ['rds:DescribeDBInstances', 'rds:DescribeDBClusters'],
  judge(database, { list, parameters }) {
    const member = 'cluster' in database ? database.cluster : null;
    const named = member === null ? database : clusterNamed(list('rds:DescribeDBClusters'), member);
    const { administrator } = named ?? database;
    if (administrator === '') return unknown('AWS does not tell the name.');
    return failIf(parameters.names.includes(administrator.toLowerCase()), { administrator });
  },
});
