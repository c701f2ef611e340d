import type { Check } from '../../catalogue.ts';
import { kmsKeyPublic } from './checks/kms-key-public.ts';
import { kmsKeyRotation } from './checks/kms-key-rotation.ts';

export const kmsChecks: readonly Check[] = [kmsKeyPublic, kmsKeyRotation];
