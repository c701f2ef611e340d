import { defineCheck, failIf } from '../../../catalogue.ts';
import { refusesPlainHttp } from '../tls-only.ts';

export const s3BucketTlsOnly = defineCheck({
  id: 's3-bucket-tls-only',
  title: 'Policy refuses requests without TLS',
  service: 's3',
  depth: 'quick',
  level: 'medium',
  category: 'transit',
  resourceType: 'AWS::S3::Bucket',
  failsWhen:
    'No statement (nor several together) denies all principals s3:* (or *) on bucket and objects when aws:SecureTransport is false; a Deny on s3:PutObject alone does not suffice. A policy that only allows with aws:SecureTransport true fails. No policy fails.',
  remediation: 'Deny s3:* when aws:SecureTransport is false, on bucket and objects.',
  command: 'aws s3api put-bucket-policy --bucket BUCKET --policy file://policy.json',
  on: 's3:ListBuckets',
  needs: ['s3:GetBucketPolicy'],
  judge({ id }, { detail }) {
    const policy = detail('s3:GetBucketPolicy');
    return failIf(policy === null || !refusesPlainHttp(policy, id), { hasPolicy: policy !== null });
  },
});
