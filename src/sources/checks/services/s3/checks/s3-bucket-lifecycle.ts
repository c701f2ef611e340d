import { defineCheck, failIf } from '../../../catalogue.ts';

export const s3BucketLifecycle = defineCheck({
  id: 's3-bucket-lifecycle',
  title: 'A lifecycle rule exists',
  service: 's3',
  depth: 'deep',
  level: 'low',
  category: 'retention',
  resourceType: 'AWS::S3::Bucket',
  failsWhen: 'No lifecycle rule has status Enabled, or NoSuchLifecycleConfiguration.',
  remediation: 'Add rules for old versions and incomplete uploads at least.',
  command:
    'aws s3api put-bucket-lifecycle-configuration --bucket BUCKET --lifecycle-configuration file://lifecycle.json',
  on: 's3:ListBuckets',
  needs: ['s3:GetBucketLifecycleConfiguration'],
  judge(_, { detail }) {
    const enabledRules = detail('s3:GetBucketLifecycleConfiguration')?.enabledRules ?? 0;
    return failIf(enabledRules === 0, { enabledRules });
  },
});
