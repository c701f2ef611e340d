import type { BackupVault, RecoveryPoint } from '../../../../src/sources/checks/services/backup/collect.ts';
import type { Case, Cases } from './case.ts';

const VAULT: BackupVault = { id: 'v', name: 'main', keyArn: 'k' };
const plans = (what: string, count: number, vaults: BackupVault[], ...says: string[]): Case => ({
  what,
  answers: {
    'backup:ListBackupPlans': [{ id: 'plans', plans: count }],
    'backup:ListBackupVaults': vaults,
  },
  says,
});
const vault = (what: string, keyArn: string | null, says: string): Case => ({
  what,
  answers: { 'backup:ListBackupVaults': [{ ...VAULT, keyArn }] },
  says: [says],
});
const point = (what: string, more: Partial<RecoveryPoint>, ...says: string[]): Case => ({
  what,
  answers: {
    'backup:ListRecoveryPointsByBackupVault': [
      { id: 'p', vault: 'main', resourceType: 'EBS', status: 'COMPLETED', encrypted: false, ...more },
    ],
  },
  says,
});

export const backupCases: Cases = {
  'backup-plan-exists': [
    plans('one', 1, [VAULT], 'pass'),
    plans('a vault only', 0, [VAULT], 'fail'),
    plans('nothing', 0, []),
  ],
  'backup-vault-encrypted': [vault('yes', 'k', 'pass'), vault('no', null, 'fail')],
  'backup-recovery-point-encrypted': [
    point('no', {}, 'fail'),
    point('yes', { encrypted: true }, 'pass'),
    point('being deleted', { status: 'DELETING' }),
  ],
};
