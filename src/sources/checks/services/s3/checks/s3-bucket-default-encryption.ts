import { defineCheck, failIf } from '../../../catalogue.ts';

export const s3BucketDefaultEncryption = defineCheck({
  id: 's3-bucket-default-encryption',
  title: 'Bucket encrypts by default',
  service: 's3',
  depth: 'quick',
  level: 'medium',
  category: 'rest',
  resourceType: 'AWS::S3::Bucket',
  failsWhen:
    'GetBucketEncryption answers ServerSideEncryptionConfigurationNotFoundError or has no rule. (On AWS every bucket has had SSE-S3 since January 2023: the check then always passes.)',
  remediation: 'Set default encryption.',
  command:
    'aws s3api put-bucket-encryption --bucket BUCKET --server-side-encryption-configuration file://encryption.json',
  on: 's3:ListBuckets',
  needs: ['s3:GetBucketEncryption'],
  judge(_, { detail }) {
    const algorithms = detail('s3:GetBucketEncryption') ?? [];
    return failIf(algorithms.length === 0, { algorithms });
  },
});
