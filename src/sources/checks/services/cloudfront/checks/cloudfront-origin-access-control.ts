import { defineCheck, failIf } from '../../../catalogue.ts';

export const cloudfrontOriginAccessControl = defineCheck({
  id: 'cloudfront-origin-access-control',
  title: 'S3 origins use origin access control',
  service: 'cloudfront',
  depth: 'standard',
  level: 'medium',
  category: 'access',
  resourceType: 'AWS::CloudFront::Distribution',
  failsWhen:
    'An S3 origin (not a website endpoint) has no OriginAccessControlId; the older origin access identity fails and is named. No S3 origin, no verdict.',
  remediation: 'Use origin access control and narrow the bucket policy.',
  command: 'aws cloudfront create-origin-access-control --origin-access-control-config file://oac.json',
  on: 'cloudfront:ListDistributions',
  judge({ origins }) {
    const buckets = origins.filter(({ kind }) => kind === 's3');
    const open = buckets.filter(({ accessControl }) => accessControl === null);
    if (buckets.length === 0) return null;
    return failIf(open.length > 0, {
      origins: open.map(({ domain, accessIdentity }) => ({ domain, accessIdentity })),
    });
  },
});
