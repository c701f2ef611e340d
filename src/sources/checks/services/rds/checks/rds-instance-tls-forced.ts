import { defineCheck, failIf } from '../../../catalogue.ts';
import { refusesPlainByDefault, tlsParameterOf } from '../engines.ts';

export const rdsInstanceTlsForced = defineCheck({
  id: 'rds-instance-tls-forced',
  title: 'Engine refuses plaintext connections',
  service: 'rds',
  depth: 'standard',
  level: 'high',
  category: 'transit',
  resourceType: 'AWS::RDS::DBInstance',
  failsWhen:
    "The parameter group in force has rds.force_ssl other than 1 (PostgreSQL, SQL Server) or require_secure_transport other than 1/ON (MySQL, MariaDB). Clusters are judged by their cluster parameter group, for their members, which get no verdict of their own. Parameter not listed: the engine's default, off (on since PostgreSQL 15, Aurora PostgreSQL 17). Oracle and Db2: no verdict.",
  remediation: 'Force TLS in the parameter group (clients need the CA bundle first).',
  command:
    'aws rds modify-db-parameter-group --db-parameter-group-name GROUP --parameters ParameterName=rds.force_ssl,ParameterValue=1,ApplyMethod=pending-reboot',
  on: ['rds:DescribeDBInstances', 'rds:DescribeDBClusters'],
  needs: ['rds:DescribeDBParameters', 'rds:DescribeDBClusterParameters'],
  judge(database, { detail }) {
    const { engine, engineVersion, parameterGroup } = database;
    const parameter = tlsParameterOf(engine);
    const isInstance = 'cluster' in database;
    if (parameter === null || (isInstance && database.cluster !== null)) return null;
    const parameters = isInstance
      ? detail('rds:DescribeDBParameters')
      : detail('rds:DescribeDBClusterParameters');
    const value = parameters?.[parameter] ?? null;
    const isForced =
      value === null ? refusesPlainByDefault(engine, engineVersion) : /^(?:1|on|true)$/i.test(value);
    return failIf(!isForced, { parameterGroup, [parameter]: value, engine, engineVersion });
  },
});
