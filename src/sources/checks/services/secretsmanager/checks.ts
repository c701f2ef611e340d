import type { Check } from '../../catalogue.ts';
import { secretPolicyNarrow } from './checks/secret-policy-narrow.ts';
import { secretPublic } from './checks/secret-public.ts';
import { secretRotatedRecently } from './checks/secret-rotated-recently.ts';
import { secretRotationFailing } from './checks/secret-rotation-failing.ts';
import { secretRotation } from './checks/secret-rotation.ts';
import { secretUnused } from './checks/secret-unused.ts';

export const secretsmanagerChecks: readonly Check[] = [
  secretPolicyNarrow,
  secretPublic,
  secretRotatedRecently,
  secretRotation,
  secretRotationFailing,
  secretUnused,
];
