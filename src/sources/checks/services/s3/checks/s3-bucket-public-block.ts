import { defineCheck, failIf } from '../../../catalogue.ts';
import { effectiveBlock, offSettings } from '../public-access.ts';

export const s3BucketPublicBlock = defineCheck({
  id: 's3-bucket-public-block',
  title: 'Public access is blocked per bucket',
  service: 's3',
  depth: 'quick',
  level: 'high',
  category: 'public',
  resourceType: 'AWS::S3::Bucket',
  failsWhen:
    'One of the four settings is neither true for the bucket nor for the account (each setting is the OR of both levels; NoSuchPublicAccessBlockConfiguration means all false).',
  remediation: 'Turn on all four settings of the bucket.',
  command:
    'aws s3api put-public-access-block --bucket BUCKET --public-access-block-configuration BlockPublicAcls=true,IgnorePublicAcls=true,BlockPublicPolicy=true,RestrictPublicBuckets=true',
  on: 's3:ListBuckets',
  needs: ['s3:GetPublicAccessBlock', 's3-control:GetPublicAccessBlock'],
  judge(_, { detail, list }) {
    const [account] = list('s3-control:GetPublicAccessBlock');
    const off = offSettings(effectiveBlock(detail('s3:GetPublicAccessBlock'), account));
    return failIf(off.length > 0, { off });
  },
});
