import type { Check } from '../../catalogue.ts';
import { s3AccountPublicBlock } from './checks/s3-account-public-block.ts';
import { s3BucketDefaultEncryption } from './checks/s3-bucket-default-encryption.ts';
import { s3BucketPublicBlock } from './checks/s3-bucket-public-block.ts';
import { s3BucketPublicListAcl } from './checks/s3-bucket-public-list-acl.ts';
import { s3BucketPublicWriteAcl } from './checks/s3-bucket-public-write-acl.ts';
import { s3BucketPublicWritePolicy } from './checks/s3-bucket-public-write-policy.ts';
import { s3BucketPublic } from './checks/s3-bucket-public.ts';
import { s3BucketTlsOnly } from './checks/s3-bucket-tls-only.ts';

export const s3Checks: readonly Check[] = [
  s3AccountPublicBlock,
  s3BucketDefaultEncryption,
  s3BucketPublicBlock,
  s3BucketPublicListAcl,
  s3BucketPublicWriteAcl,
  s3BucketPublicWritePolicy,
  s3BucketPublic,
  s3BucketTlsOnly,
];
