import { defineCheck, failIf } from '../../../catalogue.ts';

export const s3BucketVersioning = defineCheck({
  id: 's3-bucket-versioning',
  title: 'Versioning is on',
  service: 's3',
  depth: 'standard',
  level: 'medium',
  category: 'backup',
  resourceType: 'AWS::S3::Bucket',
  failsWhen: 'Versioning status is not Enabled (Suspended fails too).',
  remediation: 'Turn versioning on, with a rule for old versions.',
  command: 'aws s3api put-bucket-versioning --bucket BUCKET --versioning-configuration Status=Enabled',
  on: 's3:ListBuckets',
  needs: ['s3:GetBucketVersioning'],
  judge(_, { detail }) {
    const status = detail('s3:GetBucketVersioning')?.status ?? null;
    return failIf(status !== 'Enabled', { status });
  },
});
