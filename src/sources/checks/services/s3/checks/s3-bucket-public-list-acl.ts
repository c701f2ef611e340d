import { defineCheck, failIf } from '../../../catalogue.ts';
import { effectiveBlock, publicGrants, READING } from '../public-access.ts';

export const s3BucketPublicListAcl = defineCheck({
  id: 's3-bucket-public-list-acl',
  title: 'ACL does not let the public list the bucket',
  service: 's3',
  depth: 'quick',
  level: 'critical',
  category: 'public',
  resourceType: 'AWS::S3::Bucket',
  failsWhen:
    'An ACL grant of READ, READ_ACP or FULL_CONTROL goes to AllUsers or AuthenticatedUsers and IgnorePublicAcls is on neither for the account nor for the bucket.',
  remediation: 'Set the ACL to private and switch ACLs off.',
  command: 'aws s3api put-bucket-acl --bucket BUCKET --acl private',
  on: 's3:ListBuckets',
  needs: ['s3:GetBucketAcl', 's3:GetPublicAccessBlock', 's3-control:GetPublicAccessBlock'],
  judge(_, { detail, list }) {
    const [account] = list('s3-control:GetPublicAccessBlock');
    const { ignorePublicAcls } = effectiveBlock(detail('s3:GetPublicAccessBlock'), account);
    const grants = ignorePublicAcls ? [] : publicGrants(detail('s3:GetBucketAcl'), READING);
    return failIf(grants.length > 0, { grants });
  },
});
