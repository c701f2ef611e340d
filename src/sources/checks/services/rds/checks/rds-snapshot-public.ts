import { defineCheck, failIf } from '../../../catalogue.ts';

export const rdsSnapshotPublic = defineCheck({
  id: 'rds-snapshot-public',
  title: 'Snapshots are private',
  service: 'rds',
  depth: 'quick',
  level: 'critical',
  category: 'public',
  resourceType: 'AWS::RDS::DBSnapshot',
  failsWhen: 'The restore attribute of an own manual snapshot, of instance or cluster, contains all.',
  remediation: 'Take back the public restore right and treat the data as leaked.',
  command:
    'aws rds modify-db-snapshot-attribute --db-snapshot-identifier SNAPSHOT --attribute-name restore --values-to-remove all',
  on: ['rds:DescribeDBSnapshots', 'rds:DescribeDBClusterSnapshots'],
  needs: ['rds:DescribeDBSnapshotAttributes', 'rds:DescribeDBClusterSnapshotAttributes'],
  judge({ manual, ofCluster }, { detail }) {
    if (!manual) return null;
    const attributes = ofCluster
      ? detail('rds:DescribeDBClusterSnapshotAttributes')
      : detail('rds:DescribeDBSnapshotAttributes');
    return failIf(attributes?.isPublic ?? false);
  },
});
