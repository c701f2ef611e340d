import { defineCheck, failIf } from '../../../catalogue.ts';

export const s3BucketObjectLock = defineCheck({
  id: 's3-bucket-object-lock',
  title: 'Object Lock is on',
  service: 's3',
  depth: 'deep',
  level: 'low',
  category: 'backup',
  resourceType: 'AWS::S3::Bucket',
  failsWhen: 'Object Lock is not Enabled, or ObjectLockConfigurationNotFoundError.',
  remediation: 'Turn Object Lock on where data must not change.',
  command:
    'aws s3api put-object-lock-configuration --bucket BUCKET --object-lock-configuration ObjectLockEnabled=Enabled',
  on: 's3:ListBuckets',
  needs: ['s3:GetObjectLockConfiguration'],
  judge: (_, { detail }) => failIf(detail('s3:GetObjectLockConfiguration')?.enabled !== true),
});
