import { defineCheck, failIf } from '../../../catalogue.ts';

export const cloudfrontOriginMissingBucket = defineCheck({
  id: 'cloudfront-origin-missing-bucket',
  title: 'S3 origins exist (no takeover)',
  service: 'cloudfront',
  depth: 'standard',
  level: 'high',
  category: 'public',
  resourceType: 'AWS::CloudFront::Distribution',
  failsWhen:
    "A bucket in an origin's domain name, also that of a website endpoint, does not exist: asking for it (HeadBucket) answers 404. 403 means that it exists elsewhere: pass, named. No bucket in an origin: no verdict.",
  remediation: 'Remove the origin or make the bucket again before a stranger does.',
  command:
    'aws cloudfront update-distribution --id ID --if-match ETAG --distribution-config file://config.json',
  on: 'cloudfront:ListDistributions',
  needs: ['s3:HeadBucket'],
  judge({ origins }, { detail }) {
    const states = Object.entries(detail('s3:HeadBucket') ?? {});
    if (!origins.some(({ bucket }) => bucket !== null)) return null;
    const named = (state: string) => states.filter((one) => one[1] === state).map(([bucket]) => bucket);
    const missing = named('missing');
    return failIf(missing.length > 0, { missing, elsewhere: named('elsewhere') });
  },
});
