import { defineAlarmCheck } from '../alarm-check.ts';
import { eventsNamed } from '../alarmed-events.ts';

export const cwAlarmBucketPolicyChange = defineAlarmCheck({
  id: 'cw-alarm-bucket-policy-change',
  title: 'Bucket policy changes raise an alarm',
  failsWhen:
    'The chain is missing for s3.amazonaws.com with Put and Delete of BucketPolicy, BucketCors, BucketLifecycle, BucketReplication, and PutBucketAcl.',
  events: eventsNamed(
    [
      'PutBucketAcl',
      'PutBucketPolicy',
      'PutBucketCors',
      'PutBucketLifecycle',
      'PutBucketReplication',
      'DeleteBucketPolicy',
      'DeleteBucketCors',
      'DeleteBucketLifecycle',
      'DeleteBucketReplication',
    ],
    's3.amazonaws.com',
  ),
});
