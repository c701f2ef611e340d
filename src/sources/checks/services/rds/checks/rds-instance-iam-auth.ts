import { defineCheck, failIf } from '../../../catalogue.ts';
import { knowsIam } from '../engines.ts';

export const rdsInstanceIamAuth = defineCheck({
  id: 'rds-instance-iam-auth',
  title: 'IAM database authentication is on',
  service: 'rds',
  depth: 'standard',
  level: 'medium',
  category: 'access',
  resourceType: 'AWS::RDS::DBInstance',
  failsWhen:
    'IAMDatabaseAuthenticationEnabled is false on an engine that has it (mysql, mariadb, postgres, aurora-mysql, aurora-postgresql). Other engines get no verdict.',
  remediation: 'Turn IAM authentication on.',
  command:
    'aws rds modify-db-instance --db-instance-identifier INSTANCE --enable-iam-database-authentication',
  on: 'rds:DescribeDBInstances',
  judge(instance) {
    const { engine, iamAuthentication } = instance;
    return knowsIam(instance) ? failIf(!iamAuthentication, { engine, iamAuthentication }) : null;
  },
});
