import { defineCheck, failIf } from '../../../catalogue.ts';
import { effectiveBlock, publicGrants, WRITING } from '../public-access.ts';

export const s3BucketPublicWriteAcl = defineCheck({
  id: 's3-bucket-public-write-acl',
  title: 'ACL does not let the public write',
  service: 's3',
  depth: 'quick',
  level: 'critical',
  category: 'public',
  resourceType: 'AWS::S3::Bucket',
  failsWhen:
    'An ACL grant of WRITE, WRITE_ACP or FULL_CONTROL goes to AllUsers or AuthenticatedUsers and IgnorePublicAcls is on neither for the account nor for the bucket.',
  remediation: 'Set the ACL to private, switch ACLs off, and look for objects that strangers left.',
  command: 'aws s3api put-bucket-acl --bucket BUCKET --acl private',
  on: 's3:ListBuckets',
  needs: ['s3:GetBucketAcl', 's3:GetPublicAccessBlock', 's3-control:GetPublicAccessBlock'],
  judge(_, { detail, list }) {
    const [account] = list('s3-control:GetPublicAccessBlock');
    const { ignorePublicAcls } = effectiveBlock(detail('s3:GetPublicAccessBlock'), account);
    const grants = ignorePublicAcls ? [] : publicGrants(detail('s3:GetBucketAcl'), WRITING);
    return failIf(grants.length > 0, { grants });
  },
});
