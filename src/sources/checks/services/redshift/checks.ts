import type { Check } from '../../catalogue.ts';
import { redshiftClusterAuditLog } from './checks/redshift-cluster-audit-log.ts';
import { redshiftClusterDefaultAdmin } from './checks/redshift-cluster-default-admin.ts';
import { redshiftClusterEncrypted } from './checks/redshift-cluster-encrypted.ts';
import { redshiftClusterPublic } from './checks/redshift-cluster-public.ts';
import { redshiftClusterSnapshots } from './checks/redshift-cluster-snapshots.ts';
import { redshiftClusterTls } from './checks/redshift-cluster-tls.ts';
import { redshiftClusterUpgrades } from './checks/redshift-cluster-upgrades.ts';
import { redshiftClusterVpcRouting } from './checks/redshift-cluster-vpc-routing.ts';

export const redshiftChecks: readonly Check[] = [
  redshiftClusterAuditLog,
  redshiftClusterDefaultAdmin,
  redshiftClusterEncrypted,
  redshiftClusterPublic,
  redshiftClusterSnapshots,
  redshiftClusterTls,
  redshiftClusterUpgrades,
  redshiftClusterVpcRouting,
];
