import { defineCheck } from '../../../catalogue.ts';

export const cloudfrontCustomCert = defineCheck({
  id: 'cloudfront-custom-cert',
  title: 'A custom certificate is used',
  service: 'cloudfront',
  depth: 'deep',
  level: 'low',
  category: 'transit',
  resourceType: 'AWS::CloudFront::Distribution',
  failsWhen: 'CloudFrontDefaultCertificate is true.',
  remediation: 'Use a certificate of your domain.',
  command:
    'aws cloudfront update-distribution --id ID --if-match ETAG --distribution-config file://config.json',
  on: 'cloudfront:ListDistributions',
  failsIf: { path: 'ownCertificate', op: 'is', value: false },
});
