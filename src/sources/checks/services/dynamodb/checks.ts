import type { Check } from '../../catalogue.ts';
import { dynamodbDaxEncrypted } from './checks/dynamodb-dax-encrypted.ts';
import { dynamodbDaxTls } from './checks/dynamodb-dax-tls.ts';
import { dynamodbTableAutoscaling } from './checks/dynamodb-table-autoscaling.ts';
import { dynamodbTableBackupPlan } from './checks/dynamodb-table-backup-plan.ts';
import { dynamodbTableCrossAccount } from './checks/dynamodb-table-cross-account.ts';
import { dynamodbTableDeletionProtection } from './checks/dynamodb-table-deletion-protection.ts';
import { dynamodbTableKms } from './checks/dynamodb-table-kms.ts';
import { dynamodbTablePitr } from './checks/dynamodb-table-pitr.ts';

export const dynamodbChecks: readonly Check[] = [
  dynamodbDaxEncrypted,
  dynamodbDaxTls,
  dynamodbTableAutoscaling,
  dynamodbTableBackupPlan,
  dynamodbTableCrossAccount,
  dynamodbTableDeletionProtection,
  dynamodbTableKms,
  dynamodbTablePitr,
];
