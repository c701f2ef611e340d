import type { Check } from '../../catalogue.ts';
import { rdsClusterEncrypted } from './checks/rds-cluster-encrypted.ts';
import { rdsInstanceBackups } from './checks/rds-instance-backups.ts';
import { rdsInstanceEncrypted } from './checks/rds-instance-encrypted.ts';
import { rdsInstancePublic } from './checks/rds-instance-public.ts';
import { rdsSnapshotPublic } from './checks/rds-snapshot-public.ts';

export const rdsChecks: readonly Check[] = [
  rdsClusterEncrypted,
  rdsInstanceBackups,
  rdsInstanceEncrypted,
  rdsInstancePublic,
  rdsSnapshotPublic,
];
