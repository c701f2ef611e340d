import { defineCheck } from '../../../catalogue.ts';

export const redshiftClusterSnapshots = defineCheck({
  id: 'redshift-cluster-snapshots',
  title: 'Automatic snapshots are kept',
  service: 'redshift',
  depth: 'standard',
  level: 'medium',
  category: 'backup',
  resourceType: 'AWS::Redshift::Cluster',
  failsWhen: 'AutomatedSnapshotRetentionPeriod is below min_days.',
  remediation: 'Keep automatic snapshots for a week.',
  command: 'aws redshift modify-cluster --cluster-identifier CLUSTER --automated-snapshot-retention-period 7',
  parameters: { min_days: 1 },
  on: 'redshift:DescribeClusters',
  failsIf: { path: 'snapshotDays', op: 'below', parameter: 'min_days' },
});
