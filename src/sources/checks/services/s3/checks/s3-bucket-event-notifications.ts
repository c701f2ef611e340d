import { defineCheck, failIf } from '../../../catalogue.ts';

export const s3BucketEventNotifications = defineCheck({
  id: 's3-bucket-event-notifications',
  title: 'Events are notified',
  service: 's3',
  depth: 'deep',
  level: 'low',
  category: 'logging',
  resourceType: 'AWS::S3::Bucket',
  failsWhen: 'The bucket notifies no topic, queue, function and not EventBridge.',
  remediation: 'Send events to EventBridge.',
  command:
    'aws s3api put-bucket-notification-configuration --bucket BUCKET --notification-configuration EventBridgeConfiguration={}',
  on: 's3:ListBuckets',
  needs: ['s3:GetBucketNotificationConfiguration'],
  judge(_, { detail }) {
    const to = detail('s3:GetBucketNotificationConfiguration') ?? [];
    return failIf(to.length === 0, { to });
  },
});
