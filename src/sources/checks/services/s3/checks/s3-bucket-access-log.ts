import { defineCheck, failIf } from '../../../catalogue.ts';

export const s3BucketAccessLog = defineCheck({
  id: 's3-bucket-access-log',
  title: 'Server access logging is on',
  service: 's3',
  depth: 'standard',
  level: 'medium',
  category: 'logging',
  resourceType: 'AWS::S3::Bucket',
  failsWhen:
    'GetBucketLogging has no LoggingEnabled. Buckets that are themselves the target of logs fail too.',
  remediation: 'Log to a bucket of its own.',
  command: 'aws s3api put-bucket-logging --bucket BUCKET --bucket-logging-status file://logging.json',
  on: 's3:ListBuckets',
  needs: ['s3:GetBucketLogging'],
  judge(_, { detail }) {
    const target = detail('s3:GetBucketLogging')?.target ?? null;
    return failIf(target === null, { target });
  },
});
