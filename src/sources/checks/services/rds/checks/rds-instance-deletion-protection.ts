import { defineCheck, failIf, unknown } from '../../../catalogue.ts';
import { clusterNamed } from '../clusters.ts';

export const rdsInstanceDeletionProtection = defineCheck({
  id: 'rds-instance-deletion-protection',
  title: 'Deletion protection is on',
  service: 'rds',
  depth: 'standard',
  level: 'medium',
  category: 'availability',
  resourceType: 'AWS::RDS::DBInstance',
  failsWhen: 'DeletionProtection is false; a cluster member is judged by its cluster.',
  remediation: 'Turn deletion protection on.',
  command: 'aws rds modify-db-instance --db-instance-identifier INSTANCE --deletion-protection',
  on: 'rds:DescribeDBInstances',
  needs: ['rds:DescribeDBClusters'],
  judge({ cluster, deletionProtection }, { list }) {
    if (cluster === null) return failIf(!deletionProtection, { deletionProtection });
    const whole = clusterNamed(list('rds:DescribeDBClusters'), cluster);
    if (whole === null) return unknown(`Its cluster ${cluster} is not listed.`);
    return failIf(!whole.deletionProtection, { deletionProtection: whole.deletionProtection, cluster });
  },
});
