import { defineCheck, failIf } from '../../../catalogue.ts';

export const backupPlanExists = defineCheck({
  id: 'backup-plan-exists',
  title: 'A backup plan exists',
  service: 'backup',
  depth: 'standard',
  level: 'low',
  category: 'backup',
  resourceType: 'AWS::Backup::BackupPlan',
  failsWhen: 'The region has no backup plan but a vault. Regions with neither get no verdict.',
  remediation: 'Make a backup plan.',
  command: 'aws backup create-backup-plan --backup-plan file://plan.json',
  on: 'backup:ListBackupPlans',
  needs: ['backup:ListBackupVaults'],
  judge({ plans }, { list }) {
    const vaults = list('backup:ListBackupVaults').length;
    return plans === 0 && vaults === 0 ? null : failIf(plans === 0, { plans, vaults });
  },
});
