import { defineCheck, failIf } from '../../../catalogue.ts';

export const s3BucketKmsEncryption = defineCheck({
  id: 's3-bucket-kms-encryption',
  title: 'Bucket encrypts with a KMS key',
  service: 's3',
  depth: 'standard',
  level: 'medium',
  category: 'rest',
  resourceType: 'AWS::S3::Bucket',
  failsWhen: 'The default encryption is neither aws:kms nor aws:kms:dsse.',
  remediation: 'Encrypt by default with a KMS key and a bucket key.',
  command:
    'aws s3api put-bucket-encryption --bucket BUCKET --server-side-encryption-configuration file://encryption.json',
  on: 's3:ListBuckets',
  needs: ['s3:GetBucketEncryption'],
  judge(_, { detail }) {
    const algorithms = detail('s3:GetBucketEncryption') ?? [];
    return failIf(!algorithms.some((algorithm) => algorithm.startsWith('aws:kms')), { algorithms });
  },
});
