import { defineCheck, failIf } from '../../../catalogue.ts';
import { isProtected } from '../../backup/protected.ts';

export const dynamodbTableBackupPlan = defineCheck({
  id: 'dynamodb-table-backup-plan',
  title: 'Table is in a backup plan',
  service: 'dynamodb',
  depth: 'deep',
  level: 'medium',
  category: 'backup',
  resourceType: 'AWS::DynamoDB::Table',
  failsWhen: "The table's ARN is not among AWS Backup's protected resources. The call failed: unknown.",
  remediation: 'Select the table in a backup plan.',
  command:
    'aws backup create-backup-selection --backup-plan-id PLAN --backup-selection file://selection.json',
  on: 'dynamodb:ListTables',
  needs: ['backup:ListProtectedResources'],
  judge: ({ id }, { list }) => failIf(!isProtected(id, list('backup:ListProtectedResources'))),
});
