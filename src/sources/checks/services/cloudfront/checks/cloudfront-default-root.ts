import { defineCheck, failIf } from '../../../catalogue.ts';

export const cloudfrontDefaultRoot = defineCheck({
  id: 'cloudfront-default-root',
  title: 'A default root object is set',
  service: 'cloudfront',
  depth: 'standard',
  level: 'high',
  category: 'public',
  resourceType: 'AWS::CloudFront::Distribution',
  failsWhen: 'DefaultRootObject is empty. Distributions whose origins are all no S3 bucket are judged alike.',
  remediation: 'Set a default root object such as index.html.',
  command:
    'aws cloudfront update-distribution --id ID --if-match ETAG --distribution-config file://config.json',
  on: 'cloudfront:ListDistributions',
  needs: ['cloudfront:GetDistributionConfig'],
  judge(_, { detail }) {
    const defaultRootObject = detail('cloudfront:GetDistributionConfig')?.defaultRootObject ?? null;
    return failIf(defaultRootObject === null, { defaultRootObject });
  },
});
