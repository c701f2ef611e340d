import { defineCheck, failIf } from '../../../catalogue.ts';

export const redshiftClusterAuditLog = defineCheck({
  id: 'redshift-cluster-audit-log',
  title: 'Audit logging is on',
  service: 'redshift',
  depth: 'standard',
  level: 'medium',
  category: 'logging',
  resourceType: 'AWS::Redshift::Cluster',
  failsWhen: 'LoggingEnabled is false.',
  remediation: 'Turn audit logging on.',
  command: 'aws redshift enable-logging --cluster-identifier CLUSTER --bucket-name BUCKET',
  on: 'redshift:DescribeClusters',
  needs: ['redshift:DescribeLoggingStatus'],
  judge: (_, { detail }) => failIf(detail('redshift:DescribeLoggingStatus')?.logs !== true),
});
