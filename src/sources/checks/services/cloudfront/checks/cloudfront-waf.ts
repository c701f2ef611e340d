import { defineCheck } from '../../../catalogue.ts';

export const cloudfrontWaf = defineCheck({
  id: 'cloudfront-waf',
  title: 'Distribution sits behind a WAF',
  service: 'cloudfront',
  depth: 'standard',
  level: 'medium',
  category: 'public',
  resourceType: 'AWS::CloudFront::Distribution',
  failsWhen: 'WebACLId is empty.',
  remediation: 'Attach a web ACL of us-east-1.',
  command:
    'aws cloudfront update-distribution --id ID --if-match ETAG --distribution-config file://config.json',
  on: 'cloudfront:ListDistributions',
  failsIf: { path: 'webAclId', op: 'is', value: null },
});
