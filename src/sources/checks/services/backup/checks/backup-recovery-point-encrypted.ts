import { defineCheck, failIf } from '../../../catalogue.ts';

export const backupRecoveryPointEncrypted = defineCheck({
  id: 'backup-recovery-point-encrypted',
  title: 'Recovery points are encrypted',
  service: 'backup',
  depth: 'deep',
  level: 'medium',
  category: 'rest',
  resourceType: 'AWS::Backup::RecoveryPoint',
  failsWhen: 'IsEncrypted of a recovery point is false. Points being deleted get no verdict.',
  remediation: 'Encrypt the source, or copy to an encrypted vault.',
  command:
    'aws backup start-copy-job --recovery-point-arn ARN --source-backup-vault-name VAULT --destination-backup-vault-arn VAULT_ARN --iam-role-arn ROLE',
  on: 'backup:ListRecoveryPointsByBackupVault',
  judge({ status, encrypted, vault, resourceType }) {
    return status === 'DELETING' ? null : failIf(!encrypted, { vault, resourceType });
  },
});
