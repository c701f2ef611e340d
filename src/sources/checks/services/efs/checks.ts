import type { Check } from '../../catalogue.ts';
import { efsAccessPointRoot } from './checks/efs-access-point-root.ts';
import { efsAccessPointUser } from './checks/efs-access-point-user.ts';
import { efsBackup } from './checks/efs-backup.ts';
import { efsEncrypted } from './checks/efs-encrypted.ts';
import { efsMountTargetPublic } from './checks/efs-mount-target-public.ts';
import { efsMultiAz } from './checks/efs-multi-az.ts';
import { efsPolicyOpen } from './checks/efs-policy-open.ts';

export const efsChecks: readonly Check[] = [
  efsAccessPointRoot,
  efsAccessPointUser,
  efsBackup,
  efsEncrypted,
  efsMountTargetPublic,
  efsMultiAz,
  efsPolicyOpen,
];
