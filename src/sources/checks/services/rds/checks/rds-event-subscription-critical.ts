import { defineCheck, failIf } from '../../../catalogue.ts';
import { uncovered } from '../event-coverage.ts';

export const rdsEventSubscriptionCritical = defineCheck({
  id: 'rds-event-subscription-critical',
  title: 'Critical database events are notified',
  service: 'rds',
  depth: 'deep',
  level: 'low',
  category: 'logging',
  resourceType: 'AWS::RDS::EventSubscription',
  failsWhen:
    'The region has instances or clusters and no enabled event subscription covers them with (at least) maintenance and failure for clusters, and maintenance, configuration change and failure for instances; an empty category list means all. No database, no verdict.',
  remediation: 'Subscribe to maintenance, failure and configuration events.',
  command:
    'aws rds create-event-subscription --subscription-name NAME --sns-topic-arn TOPIC --source-type db-instance --event-categories maintenance failure "configuration change"',
  on: 'region',
  needs: ['rds:DescribeEventSubscriptions', 'rds:DescribeDBInstances', 'rds:DescribeDBClusters'],
  judge(_, { list }) {
    const subscriptions = list('rds:DescribeEventSubscriptions');
    const instances = list('rds:DescribeDBInstances');
    const clusters = list('rds:DescribeDBClusters');
    if (instances.length + clusters.length === 0) return null;
    const silent = [
      ...uncovered(clusters, 'db-cluster', ['maintenance', 'failure'], subscriptions),
      ...uncovered(
        instances,
        'db-instance',
        ['maintenance', 'configuration change', 'failure'],
        subscriptions,
      ),
    ];
    return failIf(silent.length > 0, { subscriptions: subscriptions.length, silent });
  },
});
