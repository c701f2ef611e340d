import { defineCheck, failIf } from '../../../catalogue.ts';
import { OLD_TLS } from '../origins.ts';

export const cloudfrontOldTls = defineCheck({
  id: 'cloudfront-old-tls',
  title: 'Old TLS versions are off',
  service: 'cloudfront',
  depth: 'standard',
  level: 'low',
  category: 'transit',
  resourceType: 'AWS::CloudFront::Distribution',
  failsWhen:
    "OriginSslProtocols of a custom origin holds SSLv3, TLSv1 or TLSv1.1, or the viewer certificate's MinimumProtocolVersion is below TLSv1.2_2018 (own certificate).",
  remediation: 'Leave TLS 1.2 and up.',
  command:
    'aws cloudfront update-distribution --id ID --if-match ETAG --distribution-config file://config.json',
  on: 'cloudfront:ListDistributions',
  judge({ origins, ownCertificate, minimumTls }) {
    const old = origins.filter(({ tlsVersions }) => tlsVersions.some((version) => OLD_TLS.includes(version)));
    const isOldForViewers = ownCertificate && minimumTls !== null && OLD_TLS.includes(minimumTls);
    return failIf(old.length > 0 || isOldForViewers, {
      origins: old.map(({ domain, tlsVersions }) => ({ domain, tlsVersions })),
      ...(isOldForViewers ? { minimumTls } : {}),
    });
  },
});
