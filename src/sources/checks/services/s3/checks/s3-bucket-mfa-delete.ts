import { defineCheck, failIf } from '../../../catalogue.ts';

export const s3BucketMfaDelete = defineCheck({
  id: 's3-bucket-mfa-delete',
  title: 'Deleting versions needs MFA',
  service: 's3',
  depth: 'deep',
  level: 'medium',
  category: 'backup',
  resourceType: 'AWS::S3::Bucket',
  failsWhen: 'MFADelete is not Enabled.',
  remediation: 'Root must turn MFA delete on, with its device.',
  command:
    'aws s3api put-bucket-versioning --bucket BUCKET --versioning-configuration Status=Enabled,MFADelete=Enabled --mfa "SERIAL CODE"',
  on: 's3:ListBuckets',
  needs: ['s3:GetBucketVersioning'],
  judge: (_, { detail }) => failIf(detail('s3:GetBucketVersioning')?.mfaDelete !== true),
});
