import { defineCheck, failIf } from '../../../catalogue.ts';
import { defaultPortOf } from '../engines.ts';

export const rdsInstanceDefaultPort = defineCheck({
  id: 'rds-instance-default-port',
  title: 'Port is not the engine default',
  service: 'rds',
  depth: 'deep',
  level: 'low',
  category: 'public',
  resourceType: 'AWS::RDS::DBInstance',
  failsWhen:
    "The port is the engine's default: 3306 MySQL/MariaDB/Aurora MySQL, 5432 PostgreSQL/Aurora PostgreSQL, 1521 Oracle, 1433 SQL Server, 50000 Db2. No endpoint yet (creating): no verdict.",
  remediation: 'Move the port in a maintenance window.',
  command: 'aws rds modify-db-instance --db-instance-identifier INSTANCE --db-port-number PORT',
  on: 'rds:DescribeDBInstances',
  judge({ engine, port }) {
    return port === null ? null : failIf(port === defaultPortOf(engine), { engine, port });
  },
});
