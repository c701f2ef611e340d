import { defineCheck, failIf } from '../../../catalogue.ts';

export const cloudfrontSni = defineCheck({
  id: 'cloudfront-sni',
  title: 'SNI serves HTTPS requests',
  service: 'cloudfront',
  depth: 'deep',
  level: 'low',
  category: 'transit',
  resourceType: 'AWS::CloudFront::Distribution',
  failsWhen: 'SSLSupportMethod is vip or static-ip. The default certificate gets no verdict.',
  remediation: 'Serve by SNI.',
  command:
    'aws cloudfront update-distribution --id ID --if-match ETAG --distribution-config file://config.json',
  on: 'cloudfront:ListDistributions',
  judge({ ownCertificate, sslSupport }) {
    return ownCertificate ? failIf(sslSupport === 'vip' || sslSupport === 'static-ip', { sslSupport }) : null;
  },
});
