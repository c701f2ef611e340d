import { defineCheck, failIf } from '../../../catalogue.ts';

export const rdsInstanceEnhancedMonitoring = defineCheck({
  id: 'rds-instance-enhanced-monitoring',
  title: 'Enhanced monitoring is on',
  service: 'rds',
  depth: 'deep',
  level: 'low',
  category: 'logging',
  resourceType: 'AWS::RDS::DBInstance',
  failsWhen: 'MonitoringInterval is 0 or EnhancedMonitoringResourceArn is empty.',
  remediation: 'Turn enhanced monitoring on.',
  command:
    'aws rds modify-db-instance --db-instance-identifier INSTANCE --monitoring-interval 60 --monitoring-role-arn ROLE',
  on: 'rds:DescribeDBInstances',
  judge({ monitoringInterval, monitoringLog }) {
    return failIf(monitoringInterval === 0 || monitoringLog === null, { monitoringInterval, monitoringLog });
  },
});
