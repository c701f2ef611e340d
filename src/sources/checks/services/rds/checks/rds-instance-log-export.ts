import { defineCheck, failIf } from '../../../catalogue.ts';

export const rdsInstanceLogExport = defineCheck({
  id: 'rds-instance-log-export',
  title: 'Engine logs go to CloudWatch',
  service: 'rds',
  depth: 'standard',
  level: 'medium',
  category: 'logging',
  resourceType: 'AWS::RDS::DBInstance',
  failsWhen: 'EnabledCloudwatchLogsExports is empty.',
  remediation: "Export the engine's logs.",
  command:
    'aws rds modify-db-instance --db-instance-identifier INSTANCE --cloudwatch-logs-export-configuration EnableLogTypes=postgresql',
  on: 'rds:DescribeDBInstances',
  judge: ({ engine, logExports }) => failIf(logExports.length === 0, { engine, logExports }),
});
