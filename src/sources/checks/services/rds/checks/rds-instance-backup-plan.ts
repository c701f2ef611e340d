import { defineCheck, failIf } from '../../../catalogue.ts';
import { isProtected } from '../../backup/protected.ts';
import { isAurora } from '../engines.ts';

export const rdsInstanceBackupPlan = defineCheck({
  id: 'rds-instance-backup-plan',
  title: 'Instance is in a backup plan',
  service: 'rds',
  depth: 'deep',
  level: 'medium',
  category: 'backup',
  resourceType: 'AWS::RDS::DBInstance',
  failsWhen:
    "The instance's ARN is not among AWS Backup's protected resources. Aurora members get no verdict; the call failed: unknown.",
  remediation: 'Select the instance in a backup plan.',
  command:
    'aws backup create-backup-selection --backup-plan-id PLAN --backup-selection file://selection.json',
  on: 'rds:DescribeDBInstances',
  needs: ['backup:ListProtectedResources'],
  judge(instance, { list }) {
    if (isAurora(instance)) return null;
    return failIf(!isProtected(instance.id, list('backup:ListProtectedResources')));
  },
});
