import type { View } from '../../catalogue.ts';
import { effectiveBlock } from './public-access.ts';
import type { BucketAccess } from './public-access.ts';

/** What is needed to tell who gets into a bucket. */
export const ACCESS_CALLS = [
  's3:GetBucketAcl',
  's3:GetBucketPolicyStatus',
  's3:GetBucketPolicy',
  's3:GetPublicAccessBlock',
  's3-control:GetPublicAccessBlock',
] as const;

export function accessOf(
  id: string,
  view: Pick<View<(typeof ACCESS_CALLS)[number]>, 'list' | 'detailOf'>,
): BucketAccess {
  const [account] = view.list('s3-control:GetPublicAccessBlock');
  return {
    block: effectiveBlock(view.detailOf('s3:GetPublicAccessBlock', id), account),
    grants: view.detailOf('s3:GetBucketAcl', id),
    policy: view.detailOf('s3:GetBucketPolicy', id),
    policyStatus: view.detailOf('s3:GetBucketPolicyStatus', id),
  };
}
