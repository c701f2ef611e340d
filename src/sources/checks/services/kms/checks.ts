import type { Check } from '../../catalogue.ts';
import { kmsKeyMultiRegion } from './checks/kms-key-multi-region.ts';
import { kmsKeyPendingDeletion } from './checks/kms-key-pending-deletion.ts';
import { kmsKeyPublic } from './checks/kms-key-public.ts';
import { kmsKeyRotation } from './checks/kms-key-rotation.ts';
import { kmsKeyUnused } from './checks/kms-key-unused.ts';

export const kmsChecks: readonly Check[] = [
  kmsKeyMultiRegion,
  kmsKeyPendingDeletion,
  kmsKeyPublic,
  kmsKeyRotation,
  kmsKeyUnused,
];
