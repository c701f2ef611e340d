import type { Check } from '../../catalogue.ts';
import { rdsClusterDeletionProtection } from './checks/rds-cluster-deletion-protection.ts';
import { rdsClusterEncrypted } from './checks/rds-cluster-encrypted.ts';
import { rdsClusterIamAuth } from './checks/rds-cluster-iam-auth.ts';
import { rdsClusterMinorUpgrades } from './checks/rds-cluster-minor-upgrades.ts';
import { rdsClusterMultiAz } from './checks/rds-cluster-multi-az.ts';
import { rdsEventSubscriptionCritical } from './checks/rds-event-subscription-critical.ts';
import { rdsInstanceBackupPlan } from './checks/rds-instance-backup-plan.ts';
import { rdsInstanceBackups } from './checks/rds-instance-backups.ts';
import { rdsInstanceCaExpiry } from './checks/rds-instance-ca-expiry.ts';
import { rdsInstanceCopyTags } from './checks/rds-instance-copy-tags.ts';
import { rdsInstanceDefaultAdmin } from './checks/rds-instance-default-admin.ts';
import { rdsInstanceDefaultPort } from './checks/rds-instance-default-port.ts';
import { rdsInstanceDeletionProtection } from './checks/rds-instance-deletion-protection.ts';
import { rdsInstanceEncrypted } from './checks/rds-instance-encrypted.ts';
import { rdsInstanceEngineDeprecated } from './checks/rds-instance-engine-deprecated.ts';
import { rdsInstanceEnhancedMonitoring } from './checks/rds-instance-enhanced-monitoring.ts';
import { rdsInstanceExtendedSupport } from './checks/rds-instance-extended-support.ts';
import { rdsInstanceIamAuth } from './checks/rds-instance-iam-auth.ts';
import { rdsInstanceInVpc } from './checks/rds-instance-in-vpc.ts';
import { rdsInstanceLogExport } from './checks/rds-instance-log-export.ts';
import { rdsInstanceMinorUpgrades } from './checks/rds-instance-minor-upgrades.ts';
import { rdsInstanceMultiAz } from './checks/rds-instance-multi-az.ts';
import { rdsInstancePublic } from './checks/rds-instance-public.ts';
import { rdsInstanceTlsForced } from './checks/rds-instance-tls-forced.ts';
import { rdsSnapshotEncrypted } from './checks/rds-snapshot-encrypted.ts';
import { rdsSnapshotPublic } from './checks/rds-snapshot-public.ts';

export const rdsChecks: readonly Check[] = [
  rdsClusterDeletionProtection,
  rdsClusterEncrypted,
  rdsClusterIamAuth,
  rdsClusterMinorUpgrades,
  rdsClusterMultiAz,
  rdsEventSubscriptionCritical,
  rdsInstanceBackupPlan,
  rdsInstanceBackups,
  rdsInstanceCaExpiry,
  rdsInstanceCopyTags,
  rdsInstanceDefaultAdmin,
  rdsInstanceDefaultPort,
  rdsInstanceDeletionProtection,
  rdsInstanceEncrypted,
  rdsInstanceEngineDeprecated,
  rdsInstanceEnhancedMonitoring,
  rdsInstanceExtendedSupport,
  rdsInstanceIamAuth,
  rdsInstanceInVpc,
  rdsInstanceLogExport,
  rdsInstanceMinorUpgrades,
  rdsInstanceMultiAz,
  rdsInstancePublic,
  rdsInstanceTlsForced,
  rdsSnapshotEncrypted,
  rdsSnapshotPublic,
];
