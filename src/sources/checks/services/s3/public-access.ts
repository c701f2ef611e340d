import { publicStatements } from '../../iam-policy/access.ts';
import { parsePolicy } from '../../iam-policy/document.ts';
import type { AclGrant, PublicAccessBlock } from './collect.ts';

/** Groups of everybody, and of everybody with an account at AWS. */
const EVERYBODY = /\/groups\/global\/(?:AllUsers|AuthenticatedUsers)$/;

export const NO_BLOCK: PublicAccessBlock = {
  blockPublicAcls: false,
  ignorePublicAcls: false,
  blockPublicPolicy: false,
  restrictPublicBuckets: false,
};

/** A setting holds where the bucket or its account has it. */
export function effectiveBlock(
  bucket: PublicAccessBlock | null,
  account: PublicAccessBlock | undefined,
): PublicAccessBlock {
  const own = bucket ?? NO_BLOCK;
  const wide = account ?? NO_BLOCK;
  return {
    blockPublicAcls: own.blockPublicAcls || wide.blockPublicAcls,
    ignorePublicAcls: own.ignorePublicAcls || wide.ignorePublicAcls,
    blockPublicPolicy: own.blockPublicPolicy || wide.blockPublicPolicy,
    restrictPublicBuckets: own.restrictPublicBuckets || wide.restrictPublicBuckets,
  };
}

/** Settings that are off. */
export function offSettings(block: PublicAccessBlock): string[] {
  return (Object.keys(NO_BLOCK) as (keyof PublicAccessBlock)[]).filter((setting) => !block[setting]);
}

/** What an ACL gives to everybody, of these permissions. */
export function publicGrants(grants: readonly AclGrant[] | null, permissions: readonly string[]): AclGrant[] {
  return (grants ?? []).filter(
    ({ grantee, permission }) => EVERYBODY.test(grantee) && permissions.includes(permission),
  );
}

export const READING = ['READ', 'READ_ACP', 'FULL_CONTROL'] as const;
export const WRITING = ['WRITE', 'WRITE_ACP', 'FULL_CONTROL'] as const;

export interface BucketAccess {
  block: PublicAccessBlock;
  grants: readonly AclGrant[] | null;
  policy: string | null;
  /** As S3 itself judges the policy. */
  policyStatus: { isPublic: boolean } | null;
}

/** By what everybody can read or list a bucket; nothing where nobody can. */
export function publicAccess({ block, grants, policy, policyStatus }: BucketAccess): string[] {
  const byAcl = block.ignorePublicAcls ? [] : publicGrants(grants, ['READ', 'FULL_CONTROL']);
  const isPublic = policyStatus?.isPublic ?? publicStatements(parsePolicy(policy ?? '') ?? []).length > 0;
  const byPolicy = policy !== null && isPublic && !block.restrictPublicBuckets;
  return [
    ...byAcl.map(({ grantee, permission }) => `ACL: ${permission} to ${grantee.split('/').at(-1)}`),
    ...(byPolicy ? ['bucket policy'] : []),
  ];
}
