import type { Check } from '../../catalogue.ts';
import { s3AccessPointPublicBlock } from './checks/s3-access-point-public-block.ts';
import { s3AccountPublicBlock } from './checks/s3-account-public-block.ts';
import { s3BucketAccessLog } from './checks/s3-bucket-access-log.ts';
import { s3BucketAclsOff } from './checks/s3-bucket-acls-off.ts';
import { s3BucketCrossAccount } from './checks/s3-bucket-cross-account.ts';
import { s3BucketDefaultEncryption } from './checks/s3-bucket-default-encryption.ts';
import { s3BucketEventNotifications } from './checks/s3-bucket-event-notifications.ts';
import { s3BucketKmsEncryption } from './checks/s3-bucket-kms-encryption.ts';
import { s3BucketLifecycle } from './checks/s3-bucket-lifecycle.ts';
import { s3BucketMfaDelete } from './checks/s3-bucket-mfa-delete.ts';
import { s3BucketObjectLock } from './checks/s3-bucket-object-lock.ts';
import { s3BucketPublicBlock } from './checks/s3-bucket-public-block.ts';
import { s3BucketPublicListAcl } from './checks/s3-bucket-public-list-acl.ts';
import { s3BucketPublicWriteAcl } from './checks/s3-bucket-public-write-acl.ts';
import { s3BucketPublicWritePolicy } from './checks/s3-bucket-public-write-policy.ts';
import { s3BucketPublic } from './checks/s3-bucket-public.ts';
import { s3BucketReplication } from './checks/s3-bucket-replication.ts';
import { s3BucketTlsOnly } from './checks/s3-bucket-tls-only.ts';
import { s3BucketVersioning } from './checks/s3-bucket-versioning.ts';
import { s3MultiRegionPointPublicBlock } from './checks/s3-multi-region-point-public-block.ts';
import { s3WebsiteHosting } from './checks/s3-website-hosting.ts';

export const s3Checks: readonly Check[] = [
  s3AccessPointPublicBlock,
  s3AccountPublicBlock,
  s3BucketAccessLog,
  s3BucketAclsOff,
  s3BucketCrossAccount,
  s3BucketDefaultEncryption,
  s3BucketEventNotifications,
  s3BucketKmsEncryption,
  s3BucketLifecycle,
  s3BucketMfaDelete,
  s3BucketObjectLock,
  s3BucketPublic,
  s3BucketPublicBlock,
  s3BucketPublicListAcl,
  s3BucketPublicWriteAcl,
  s3BucketPublicWritePolicy,
  s3BucketReplication,
  s3BucketTlsOnly,
  s3BucketVersioning,
  s3MultiRegionPointPublicBlock,
  s3WebsiteHosting,
];
