import { defineCheck, failIf } from '../../../catalogue.ts';
import { publicStatements } from '../../../iam-policy/access.ts';
import { parsePolicy } from '../../../iam-policy/document.ts';
import { effectiveBlock } from '../public-access.ts';

export const s3BucketPublicWritePolicy = defineCheck({
  id: 's3-bucket-public-write-policy',
  title: 'Policy does not let the public write',
  service: 's3',
  depth: 'quick',
  level: 'critical',
  category: 'public',
  resourceType: 'AWS::S3::Bucket',
  failsWhen:
    'The bucket policy publicly allows s3:PutObject, DeleteObject, PutBucketPolicy, another writing action, s3:Put*, s3:* or *, and RestrictPublicBuckets is on neither level. No policy passes.',
  remediation: 'Remove the public statement from the bucket policy.',
  command: 'aws s3api put-bucket-policy --bucket BUCKET --policy file://policy.json',
  on: 's3:ListBuckets',
  needs: ['s3:GetBucketPolicy', 's3:GetPublicAccessBlock', 's3-control:GetPublicAccessBlock'],
  judge({ id }, { detail, list }) {
    const [account] = list('s3-control:GetPublicAccessBlock');
    const { restrictPublicBuckets } = effectiveBlock(detail('s3:GetPublicAccessBlock'), account);
    const writing = publicStatements(parsePolicy(detail('s3:GetBucketPolicy') ?? '') ?? [])
      .flatMap(({ actions, notActions }) => actions ?? [`all but ${notActions?.join(', ')}`])
      .filter(isWriting);
    return failIf(writing.length > 0 && !restrictPublicBuckets, { bucket: id, actions: writing });
  },
});

/** Actions that do more than read, or patterns that may stand for one. */
function isWriting(action: string): boolean {
  return !/^s3:(?:get|list|describe|head)/.test(action);
}
