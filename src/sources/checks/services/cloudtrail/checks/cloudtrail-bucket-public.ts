import { defineCheck, failIf } from '../../../catalogue.ts';
import { ACCESS_CALLS, accessOf } from '../../s3/bucket-access.ts';
import { publicAccess } from '../../s3/public-access.ts';
import { inTrailBucket } from '../trail-bucket.ts';

export const cloudtrailBucketPublic = defineCheck({
  id: 'cloudtrail-bucket-public',
  title: 'Trail bucket is not public',
  service: 'cloudtrail',
  depth: 'quick',
  level: 'critical',
  category: 'public',
  resourceType: 'AWS::S3::Bucket',
  failsWhen:
    'The bucket of a trail can be read by the public (as s3-bucket-public). A bucket of another account is unknown.',
  remediation: "Block public access to the trail's bucket.",
  command:
    'aws s3api put-public-access-block --bucket BUCKET --public-access-block-configuration BlockPublicAcls=true,IgnorePublicAcls=true,BlockPublicPolicy=true,RestrictPublicBuckets=true',
  on: 'cloudtrail:DescribeTrails',
  needs: ['s3:ListBuckets', ...ACCESS_CALLS],
  judge: (trail, view) =>
    inTrailBucket(trail, view.list('s3:ListBuckets'), (id) => {
      const by = publicAccess(accessOf(id, view));
      return failIf(by.length > 0, { by });
    }),
});
