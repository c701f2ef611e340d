import { defineCheck, failIf } from '../../../catalogue.ts';

export const configDeliveryChannel = defineCheck({
  id: 'config-delivery-channel',
  title: 'Recorder delivers to a bucket',
  service: 'config',
  depth: 'standard',
  level: 'medium',
  category: 'logging',
  resourceType: 'AWS::Config::DeliveryChannel',
  failsWhen:
    'A recorder is in a region without a delivery channel that has an S3 bucket. No recorder, no verdict (config-recorder-on fails).',
  remediation: 'Deliver to a bucket.',
  command: 'aws configservice put-delivery-channel --delivery-channel name=default,s3BucketName=BUCKET',
  on: 'config-service:DescribeConfigurationRecorders',
  needs: ['config-service:DescribeDeliveryChannels'],
  judge(_, { list }) {
    const buckets = list('config-service:DescribeDeliveryChannels').flatMap(({ bucket }) => bucket ?? []);
    return failIf(buckets.length === 0, { buckets });
  },
});
