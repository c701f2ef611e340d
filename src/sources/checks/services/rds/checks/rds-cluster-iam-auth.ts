import { defineCheck, failIf } from '../../../catalogue.ts';
import { knowsIam } from '../engines.ts';

export const rdsClusterIamAuth = defineCheck({
  id: 'rds-cluster-iam-auth',
  title: 'Cluster IAM authentication is on',
  service: 'rds',
  depth: 'standard',
  level: 'medium',
  category: 'access',
  resourceType: 'AWS::RDS::DBCluster',
  failsWhen:
    'IAMDatabaseAuthenticationEnabled of an Aurora, MySQL or PostgreSQL cluster is false. Other clusters get no verdict.',
  remediation: 'Turn IAM authentication on.',
  command: 'aws rds modify-db-cluster --db-cluster-identifier CLUSTER --enable-iam-database-authentication',
  on: 'rds:DescribeDBClusters',
  judge(cluster) {
    const { engine, iamAuthentication } = cluster;
    return knowsIam(cluster) ? failIf(!iamAuthentication, { engine, iamAuthentication }) : null;
  },
});
