import type { Check } from '../../catalogue.ts';
import { ec2AccountImdsv2Default } from './checks/ec2-account-imdsv2-default.ts';
import { ec2AmiBlockPublic } from './checks/ec2-ami-block-public.ts';
import { ec2AmiOutdated } from './checks/ec2-ami-outdated.ts';
import { ec2AmiPublic } from './checks/ec2-ami-public.ts';
import { ec2ClientVpnLogging } from './checks/ec2-client-vpn-logging.ts';
import { ec2EbsDefaultEncryption } from './checks/ec2-ebs-default-encryption.ts';
import { ec2EbsSnapshotBlockPublic } from './checks/ec2-ebs-snapshot-block-public.ts';
import { ec2EbsSnapshotEncrypted } from './checks/ec2-ebs-snapshot-encrypted.ts';
import { ec2EbsSnapshotPublic } from './checks/ec2-ebs-snapshot-public.ts';
import { ec2EbsVolumeBackupPlan } from './checks/ec2-ebs-volume-backup-plan.ts';
import { ec2EbsVolumeEncrypted } from './checks/ec2-ebs-volume-encrypted.ts';
import { ec2EbsVolumeHasSnapshot } from './checks/ec2-ebs-volume-has-snapshot.ts';
import { ec2EbsVolumeUnattached } from './checks/ec2-ebs-volume-unattached.ts';
import { ec2EipUnused } from './checks/ec2-eip-unused.ts';
import { ec2InstanceAdminPortExposed } from './checks/ec2-instance-admin-port-exposed.ts';
import { ec2InstanceDataPortExposed } from './checks/ec2-instance-data-port-exposed.ts';
import { ec2InstanceImdsv2 } from './checks/ec2-instance-imdsv2.ts';
import { ec2InstanceMonitoring } from './checks/ec2-instance-monitoring.ts';
import { ec2InstanceMultiEni } from './checks/ec2-instance-multi-eni.ts';
import { ec2InstanceOld } from './checks/ec2-instance-old.ts';
import { ec2InstanceParavirtual } from './checks/ec2-instance-paravirtual.ts';
import { ec2InstanceProfile } from './checks/ec2-instance-profile.ts';
import { ec2InstancePublicIp } from './checks/ec2-instance-public-ip.ts';
import { ec2InstancePublicWithProfile } from './checks/ec2-instance-public-with-profile.ts';
import { ec2InstanceSsmManaged } from './checks/ec2-instance-ssm-managed.ts';
import { ec2InstanceStoppedLong } from './checks/ec2-instance-stopped-long.ts';
import { ec2InstanceUserDataSecrets } from './checks/ec2-instance-user-data-secrets.ts';
import { ec2LaunchTemplateImdsv2 } from './checks/ec2-launch-template-imdsv2.ts';
import { ec2LaunchTemplatePublicIp } from './checks/ec2-launch-template-public-ip.ts';
import { ec2LaunchTemplateSecrets } from './checks/ec2-launch-template-secrets.ts';
import { ec2SgDefaultHasRules } from './checks/ec2-sg-default-has-rules.ts';
import { ec2SgLaunchWizard } from './checks/ec2-sg-launch-wizard.ts';
import { ec2SgOpenAll } from './checks/ec2-sg-open-all.ts';
import { ec2SgOpenAnyPort } from './checks/ec2-sg-open-any-port.ts';
import { ec2SgOpenCassandra } from './checks/ec2-sg-open-cassandra.ts';
import { ec2SgOpenFtp } from './checks/ec2-sg-open-ftp.ts';
import { ec2SgOpenHighRiskPorts } from './checks/ec2-sg-open-high-risk-ports.ts';
import { ec2SgOpenIcmp } from './checks/ec2-sg-open-icmp.ts';
import { ec2SgOpenKafka } from './checks/ec2-sg-open-kafka.ts';
import { ec2SgOpenMemcached } from './checks/ec2-sg-open-memcached.ts';
import { ec2SgOpenMongodb } from './checks/ec2-sg-open-mongodb.ts';
import { ec2SgOpenMssql } from './checks/ec2-sg-open-mssql.ts';
import { ec2SgOpenMysql } from './checks/ec2-sg-open-mysql.ts';
import { ec2SgOpenOracle } from './checks/ec2-sg-open-oracle.ts';
import { ec2SgOpenPostgres } from './checks/ec2-sg-open-postgres.ts';
import { ec2SgOpenRdp } from './checks/ec2-sg-open-rdp.ts';
import { ec2SgOpenRedis } from './checks/ec2-sg-open-redis.ts';
import { ec2SgOpenSearch } from './checks/ec2-sg-open-search.ts';
import { ec2SgOpenSsh } from './checks/ec2-sg-open-ssh.ts';
import { ec2SgOpenTelnet } from './checks/ec2-sg-open-telnet.ts';
import { ec2SgTooManyRules } from './checks/ec2-sg-too-many-rules.ts';
import { ec2SgUnused } from './checks/ec2-sg-unused.ts';
import { ec2SgWidePublicRange } from './checks/ec2-sg-wide-public-range.ts';
import { ec2TgwAutoAccept } from './checks/ec2-tgw-auto-accept.ts';

export const ec2Checks: readonly Check[] = [
  ec2AccountImdsv2Default,
  ec2AmiBlockPublic,
  ec2AmiOutdated,
  ec2AmiPublic,
  ec2ClientVpnLogging,
  ec2EbsDefaultEncryption,
  ec2EbsSnapshotBlockPublic,
  ec2EbsSnapshotEncrypted,
  ec2EbsSnapshotPublic,
  ec2EbsVolumeBackupPlan,
  ec2EbsVolumeEncrypted,
  ec2EbsVolumeHasSnapshot,
  ec2EbsVolumeUnattached,
  ec2EipUnused,
  ec2InstanceAdminPortExposed,
  ec2InstanceDataPortExposed,
  ec2InstanceImdsv2,
  ec2InstanceMonitoring,
  ec2InstanceMultiEni,
  ec2InstanceOld,
  ec2InstanceParavirtual,
  ec2InstanceProfile,
  ec2InstancePublicIp,
  ec2InstancePublicWithProfile,
  ec2InstanceSsmManaged,
  ec2InstanceStoppedLong,
  ec2InstanceUserDataSecrets,
  ec2LaunchTemplateImdsv2,
  ec2LaunchTemplatePublicIp,
  ec2LaunchTemplateSecrets,
  ec2SgDefaultHasRules,
  ec2SgLaunchWizard,
  ec2SgOpenAll,
  ec2SgOpenAnyPort,
  ec2SgOpenCassandra,
  ec2SgOpenFtp,
  ec2SgOpenHighRiskPorts,
  ec2SgOpenIcmp,
  ec2SgOpenKafka,
  ec2SgOpenMemcached,
  ec2SgOpenMongodb,
  ec2SgOpenMssql,
  ec2SgOpenMysql,
  ec2SgOpenOracle,
  ec2SgOpenPostgres,
  ec2SgOpenRdp,
  ec2SgOpenRedis,
  ec2SgOpenSearch,
  ec2SgOpenSsh,
  ec2SgOpenTelnet,
  ec2SgTooManyRules,
  ec2SgUnused,
  ec2SgWidePublicRange,
  ec2TgwAutoAccept,
];
