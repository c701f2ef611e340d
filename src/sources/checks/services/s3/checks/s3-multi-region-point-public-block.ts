import { defineCheck, failIf } from '../../../catalogue.ts';
import { offSettings } from '../public-access.ts';

export const s3MultiRegionPointPublicBlock = defineCheck({
  id: 's3-multi-region-point-public-block',
  title: 'Multi-region access points block public access',
  service: 's3',
  depth: 'deep',
  level: 'high',
  category: 'public',
  resourceType: 'AWS::S3::MultiRegionAccessPoint',
  failsWhen: 'Not all four block settings of the multi-region access point are true.',
  remediation: 'Make a new multi-region access point with all four settings and delete this one.',
  on: 's3-control:ListMultiRegionAccessPoints',
  judge({ block }) {
    const off = offSettings(block);
    return failIf(off.length > 0, { off });
  },
});
