import { defineCheck } from '../../../catalogue.ts';

export const cloudfrontGeoRestriction = defineCheck({
  id: 'cloudfront-geo-restriction',
  title: 'Geographic restriction is considered',
  service: 'cloudfront',
  depth: 'deep',
  level: 'low',
  category: 'residency',
  resourceType: 'AWS::CloudFront::Distribution',
  failsWhen: 'GeoRestriction.RestrictionType is none.',
  remediation: 'Restrict countries where the law or the business asks for it; else suppress.',
  command:
    'aws cloudfront update-distribution --id ID --if-match ETAG --distribution-config file://config.json',
  on: 'cloudfront:ListDistributions',
  failsIf: { path: 'geoRestriction', op: 'is', value: 'none' },
});
