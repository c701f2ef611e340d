import { defineCheck, failIf } from '../../../catalogue.ts';
import { NO_BLOCK, offSettings } from '../public-access.ts';

export const s3AccessPointPublicBlock = defineCheck({
  id: 's3-access-point-public-block',
  title: 'Access points block public access',
  service: 's3',
  depth: 'standard',
  level: 'critical',
  category: 'public',
  resourceType: 'AWS::S3::AccessPoint',
  failsWhen:
    'Not all four block settings of the access point are true (they cannot be changed after creation).',
  remediation:
    'Make a new access point with all four settings and delete this one: the settings cannot be changed.',
  command: 'aws s3control delete-access-point --account-id ACCOUNT --name NAME',
  on: 's3-control:ListAccessPoints',
  needs: ['s3-control:GetAccessPoint'],
  judge({ bucket }, { detail }) {
    const off = offSettings(detail('s3-control:GetAccessPoint') ?? NO_BLOCK);
    return failIf(off.length > 0, { bucket, off });
  },
});
