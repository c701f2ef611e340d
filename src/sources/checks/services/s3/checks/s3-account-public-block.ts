import { defineCheck, failIf } from '../../../catalogue.ts';
import { offSettings } from '../public-access.ts';

export const s3AccountPublicBlock = defineCheck({
  id: 's3-account-public-block',
  title: 'Public access is blocked for the whole account',
  service: 's3',
  depth: 'quick',
  level: 'high',
  category: 'public',
  resourceType: 'AWS::S3::AccountPublicAccessBlock',
  failsWhen:
    'One of the four settings (BlockPublicAcls, IgnorePublicAcls, BlockPublicPolicy, RestrictPublicBuckets) is false, or NoSuchPublicAccessBlockConfiguration. Also judged when the account has no bucket.',
  remediation: 'Turn on all four settings for the account; serve public content through CloudFront.',
  command:
    'aws s3control put-public-access-block --account-id ACCOUNT --public-access-block-configuration BlockPublicAcls=true,IgnorePublicAcls=true,BlockPublicPolicy=true,RestrictPublicBuckets=true',
  on: 's3-control:GetPublicAccessBlock',
  judge(block) {
    const off = offSettings(block);
    return failIf(off.length > 0, { off });
  },
});
