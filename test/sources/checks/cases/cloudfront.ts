import { bucketIn } from '../../../../src/sources/checks/services/cloudfront/collect.ts';
import type {
  Behaviour,
  BucketState,
  Distribution,
  DistributionConfig,
  DistributionOrigin,
} from '../../../../src/sources/checks/services/cloudfront/collect.ts';
import type { Case, Cases } from './case.ts';

const origin = (more: Partial<DistributionOrigin> = {}): DistributionOrigin => {
  const domain = more.domain ?? 'www.example.com';
  const kind = bucketIn(domain) === null ? 'custom' : 's3';
  return {
    originId: 'main',
    domain,
    kind,
    bucket: bucketIn(domain),
    protocol: kind === 's3' ? null : 'https-only',
    tlsVersions: [],
    accessControl: null,
    accessIdentity: null,
    ...more,
  };
};
const BUCKET = { domain: 'assets.s3.eu-west-1.amazonaws.com' };
const behaviour = (viewerProtocol: string, more: Partial<Behaviour> = {}): Behaviour => ({
  path: '*',
  viewerProtocol,
  originIds: ['main'],
  ...more,
});
const distribution = (more: Partial<Distribution> = {}): Distribution => ({
  id: 'd',
  distributionId: 'D1',
  name: 'www.example.com',
  behaviours: [behaviour('redirect-to-https')],
  origins: [origin()],
  ownCertificate: true,
  minimumTls: 'TLSv1.2_2021',
  sslSupport: 'sni-only',
  webAclId: null,
  geoRestriction: 'none',
  realTimeLogs: false,
  ...more,
});
const distributed = (what: string, more: Partial<Distribution>, ...says: string[]): Case => ({
  what,
  answers: { 'cloudfront:ListDistributions': [distribution(more)] },
  says,
});
const configured = (
  what: string,
  config: Partial<DistributionConfig>,
  more: Partial<Distribution>,
  delivered: boolean,
  says: string,
): Case => ({
  what,
  answers: {
    'cloudfront:ListDistributions': [distribution(more)],
    'cloudfront:GetDistributionConfig': { d: { logsEnabled: false, defaultRootObject: null, ...config } },
    'cloudwatch-logs:DescribeDeliverySources': delivered
      ? [{ id: 's', logType: 'ACCESS_LOGS', resourceArns: ['d'] }]
      : [{ id: 's', logType: 'ACCESS_LOGS', resourceArns: ['another'] }],
  },
  says: [says],
});
const buckets = (
  what: string,
  domain: string,
  states: Readonly<Record<string, BucketState>> | null,
  ...says: string[]
): Case => ({
  what,
  answers: {
    'cloudfront:ListDistributions': [distribution({ origins: [origin({ domain })] })],
    's3:HeadBucket': { d: states },
  },
  says,
});
const plain = (
  what: string,
  of: Partial<DistributionOrigin>,
  behaviours: Behaviour[],
  says: string,
): Case => ({
  what,
  answers: { 'cloudfront:ListDistributions': [distribution({ origins: [origin(of)], behaviours })] },
  says: [says],
});
const ALLOWED = [behaviour('allow-all')];
const REDIRECTED = [behaviour('redirect-to-https')];
const ELSEWHERE = [...REDIRECTED, behaviour('allow-all', { path: '/a/*', originIds: ['other'] })];

export const cloudfrontCases: Cases = {
  'cloudfront-https-viewer': [
    distributed('redirected', {}, 'pass'),
    distributed('HTTPS only', { behaviours: [behaviour('https-only')] }, 'pass'),
    distributed('one behaviour allows it', { behaviours: ELSEWHERE }, 'fail'),
  ],
  'cloudfront-https-origin': [
    plain('HTTPS', {}, ALLOWED, 'pass'),
    plain('HTTP', { protocol: 'http-only' }, REDIRECTED, 'fail'),
    plain('that of the viewer, who may use HTTP', { protocol: 'match-viewer' }, ALLOWED, 'fail'),
    plain('that of the viewer, who may not', { protocol: 'match-viewer' }, REDIRECTED, 'pass'),
    plain('HTTP is for another origin', { protocol: 'match-viewer' }, ELSEWHERE, 'pass'),
    plain('a bucket by HTTP', BUCKET, ALLOWED, 'fail'),
    plain('a bucket by HTTPS', BUCKET, REDIRECTED, 'pass'),
    plain('in a VPC', { kind: 'vpc', protocol: null }, ALLOWED, 'pass'),
  ],
  'cloudfront-old-tls': [
    distributed('new', {}, 'pass'),
    distributed('an old origin', { origins: [origin({ tlsVersions: ['TLSv1', 'TLSv1.2'] })] }, 'fail'),
    distributed('old viewers', { minimumTls: 'TLSv1.1_2016' }, 'fail'),
    distributed('the certificate of CloudFront', { minimumTls: 'TLSv1', ownCertificate: false }, 'pass'),
    distributed('newer than we know', { minimumTls: 'TLSv1.3_2030' }, 'pass'),
  ],
  'cloudfront-logging': [
    configured('none', {}, {}, false, 'fail'),
    configured('standard', { logsEnabled: true }, {}, false, 'pass'),
    configured('delivered', {}, {}, true, 'pass'),
    configured('in real time', {}, { realTimeLogs: true }, false, 'pass'),
  ],
  'cloudfront-waf': [distributed('none', {}, 'fail'), distributed('one', { webAclId: 'acl' }, 'pass')],
  'cloudfront-default-root': [
    configured('none', {}, {}, false, 'fail'),
    configured('one', { defaultRootObject: 'index.html' }, {}, false, 'pass'),
  ],
  'cloudfront-origin-access-control': [
    distributed('no bucket', {}),
    distributed('open', { origins: [origin(BUCKET)] }, 'fail'),
    distributed('by an identity', { origins: [origin({ ...BUCKET, accessIdentity: 'oai' })] }, 'fail'),
    distributed('controlled', { origins: [origin({ ...BUCKET, accessControl: 'oac' })] }, 'pass'),
    distributed('a website, which cannot be', {
      origins: [origin({ domain: 'assets.s3-website-eu-west-1.amazonaws.com', kind: 'custom' })],
    }),
  ],
  'cloudfront-origin-missing-bucket': [
    buckets('there', BUCKET.domain, { assets: 'there' }, 'pass'),
    buckets('of another account', BUCKET.domain, { assets: 'elsewhere' }, 'pass'),
    buckets('gone', 'a.b.s3.amazonaws.com', { 'a.b': 'missing' }, 'fail'),
    buckets('no bucket', 'www.example.com', null),
  ],
  'cloudfront-custom-cert': [
    distributed('own', {}, 'pass'),
    distributed('none', { ownCertificate: false }, 'fail'),
  ],
  'cloudfront-sni': [
    distributed('by name', {}, 'pass'),
    distributed('by address', { sslSupport: 'vip' }, 'fail'),
    distributed('no certificate', { sslSupport: 'vip', ownCertificate: false }),
  ],
  'cloudfront-geo-restriction': [
    distributed('none', {}, 'fail'),
    distributed('some', { geoRestriction: 'whitelist' }, 'pass'),
  ],
};
