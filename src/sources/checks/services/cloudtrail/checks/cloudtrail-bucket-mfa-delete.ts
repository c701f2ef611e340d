import { defineCheck, failIf } from '../../../catalogue.ts';
import { inTrailBucket } from '../trail-bucket.ts';

export const cloudtrailBucketMfaDelete = defineCheck({
  id: 'cloudtrail-bucket-mfa-delete',
  title: 'Trail bucket asks MFA to delete',
  service: 'cloudtrail',
  depth: 'deep',
  level: 'medium',
  category: 'backup',
  resourceType: 'AWS::S3::Bucket',
  failsWhen:
    'The bucket of a logging trail has MFADelete off. Trails that do not log give no verdict. A bucket of another account is unknown.',
  remediation: 'Root must turn MFA delete on.',
  command:
    'aws s3api put-bucket-versioning --bucket BUCKET --versioning-configuration Status=Enabled,MFADelete=Enabled --mfa "SERIAL CODE"',
  on: 'cloudtrail:DescribeTrails',
  needs: ['cloudtrail:GetTrailStatus', 's3:ListBuckets', 's3:GetBucketVersioning'],
  judge(trail, { list, detail, detailOf }) {
    if (detail('cloudtrail:GetTrailStatus')?.logging !== true) return null;
    return inTrailBucket(trail, list('s3:ListBuckets'), (id) =>
      failIf(detailOf('s3:GetBucketVersioning', id)?.mfaDelete !== true),
    );
  },
});
