import { defineCheck, failIf } from '../../../catalogue.ts';
import { inTrailBucket } from '../trail-bucket.ts';

export const cloudtrailBucketLog = defineCheck({
  id: 'cloudtrail-bucket-log',
  title: 'Trail bucket logs its access',
  service: 'cloudtrail',
  depth: 'standard',
  level: 'medium',
  category: 'logging',
  resourceType: 'AWS::S3::Bucket',
  failsWhen: 'The bucket of a trail has no server access logging. A bucket of another account is unknown.',
  remediation: "Log the access to the trail's bucket.",
  command: 'aws s3api put-bucket-logging --bucket BUCKET --bucket-logging-status file://logging.json',
  on: 'cloudtrail:DescribeTrails',
  needs: ['s3:ListBuckets', 's3:GetBucketLogging'],
  judge: (trail, { list, detailOf }) =>
    inTrailBucket(trail, list('s3:ListBuckets'), (id) => {
      const target = detailOf('s3:GetBucketLogging', id)?.target ?? null;
      return failIf(target === null, { target });
    }),
});
