import { defineCheck, failIf } from '../../../catalogue.ts';
import { plainOrigins } from '../origins.ts';

export const cloudfrontHttpsOrigin = defineCheck({
  id: 'cloudfront-https-origin',
  title: 'Traffic to origins is encrypted',
  service: 'cloudfront',
  depth: 'quick',
  level: 'medium',
  category: 'transit',
  resourceType: 'AWS::CloudFront::Distribution',
  failsWhen:
    'A custom origin is http-only, or match-viewer while a behaviour of it allows plain HTTP; an S3 origin is served by a behaviour that allows plain HTTP.',
  remediation: 'Talk to origins by HTTPS only.',
  command:
    'aws cloudfront update-distribution --id ID --if-match ETAG --distribution-config file://config.json',
  on: 'cloudfront:ListDistributions',
  judge(distribution) {
    const origins = plainOrigins(distribution).map(({ domain, protocol }) => ({ domain, protocol }));
    return failIf(origins.length > 0, { origins });
  },
});
