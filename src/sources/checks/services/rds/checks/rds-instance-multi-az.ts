import { defineCheck, failIf, unknown } from '../../../catalogue.ts';
import { clusterNamed } from '../clusters.ts';

export const rdsInstanceMultiAz = defineCheck({
  id: 'rds-instance-multi-az',
  title: 'Instance is multi-AZ',
  service: 'rds',
  depth: 'standard',
  level: 'medium',
  category: 'availability',
  resourceType: 'AWS::RDS::DBInstance',
  failsWhen:
    "A stand-alone instance has MultiAZ false; a cluster member fails when its cluster's MultiAZ is false. Read replicas are judged.",
  remediation: 'Turn Multi-AZ on.',
  command: 'aws rds modify-db-instance --db-instance-identifier INSTANCE --multi-az',
  on: 'rds:DescribeDBInstances',
  needs: ['rds:DescribeDBClusters'],
  judge({ cluster, multiAz }, { list }) {
    if (cluster === null) return failIf(!multiAz, { multiAz });
    const whole = clusterNamed(list('rds:DescribeDBClusters'), cluster);
    if (whole === null) return unknown(`Its cluster ${cluster} is not listed.`);
    return failIf(!whole.multiAz, { multiAz: whole.multiAz, cluster });
  },
});
