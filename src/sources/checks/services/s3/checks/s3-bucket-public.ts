import { defineCheck, failIf } from '../../../catalogue.ts';
import { ACCESS_CALLS, accessOf } from '../bucket-access.ts';
import { publicAccess } from '../public-access.ts';

export const s3BucketPublic = defineCheck({
  id: 's3-bucket-public',
  title: 'Bucket cannot be read by the public',
  service: 's3',
  depth: 'quick',
  level: 'critical',
  category: 'public',
  resourceType: 'AWS::S3::Bucket',
  failsWhen:
    "Anyone can read or list the bucket: an ACL grant to AllUsers or AuthenticatedUsers that is not ignored, or a public policy (PolicyStatus.IsPublic, else the policy engine) that is not restricted; the account's and the bucket's IgnorePublicAcls silence ACLs, RestrictPublicBuckets silences policies, each for itself.",
  remediation:
    'Block public access, then remove the public grant or statement; look in the access logs at who read.',
  command:
    'aws s3api put-public-access-block --bucket BUCKET --public-access-block-configuration BlockPublicAcls=true,IgnorePublicAcls=true,BlockPublicPolicy=true,RestrictPublicBuckets=true',
  on: 's3:ListBuckets',
  needs: ACCESS_CALLS,
  judge({ id }, view) {
    const by = publicAccess(accessOf(id, view));
    return failIf(by.length > 0, { by });
  },
});
