import type { Check } from '../../catalogue.ts';
import { backupPlanExists } from './checks/backup-plan-exists.ts';
import { backupRecoveryPointEncrypted } from './checks/backup-recovery-point-encrypted.ts';
import { backupVaultEncrypted } from './checks/backup-vault-encrypted.ts';

export const backupChecks: readonly Check[] = [
  backupPlanExists,
  backupRecoveryPointEncrypted,
  backupVaultEncrypted,
];
