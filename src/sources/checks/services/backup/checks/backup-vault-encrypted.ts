import { defineCheck } from '../../../catalogue.ts';

export const backupVaultEncrypted = defineCheck({
  id: 'backup-vault-encrypted',
  title: 'Backup vaults are encrypted',
  service: 'backup',
  depth: 'standard',
  level: 'medium',
  category: 'rest',
  resourceType: 'AWS::Backup::BackupVault',
  failsWhen: 'EncryptionKeyArn of the vault is absent.',
  remediation: 'Make a vault with a key and use it.',
  command: 'aws backup create-backup-vault --backup-vault-name NAME --encryption-key-arn KEY',
  on: 'backup:ListBackupVaults',
  failsIf: { path: 'keyArn', op: 'is', value: null },
});
