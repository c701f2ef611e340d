import { defineCheck, failIf } from '../../../catalogue.ts';

export const cloudtrailKms = defineCheck({
  id: 'cloudtrail-kms',
  title: 'Trail is encrypted with KMS',
  service: 'cloudtrail',
  depth: 'quick',
  level: 'medium',
  category: 'rest',
  resourceType: 'AWS::CloudTrail::Trail',
  failsWhen: 'KmsKeyId of a trail is empty.',
  remediation: 'Encrypt with a KMS key that CloudTrail may use.',
  command: 'aws cloudtrail update-trail --name TRAIL --kms-key-id KEY',
  on: 'cloudtrail:DescribeTrails',
  judge: ({ isHome, kmsKeyId }) => (isHome ? failIf(kmsKeyId === null, { kmsKeyId }) : null),
});
