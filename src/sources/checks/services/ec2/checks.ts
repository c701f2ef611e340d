import type { Check } from '../../catalogue.ts';
import { ec2AmiPublic } from './checks/ec2-ami-public.ts';
import { ec2EbsDefaultEncryption } from './checks/ec2-ebs-default-encryption.ts';
import { ec2EbsSnapshotPublic } from './checks/ec2-ebs-snapshot-public.ts';
import { ec2EbsVolumeEncrypted } from './checks/ec2-ebs-volume-encrypted.ts';
import { ec2InstanceAdminPortExposed } from './checks/ec2-instance-admin-port-exposed.ts';
import { ec2InstanceDataPortExposed } from './checks/ec2-instance-data-port-exposed.ts';
import { ec2InstanceImdsv2 } from './checks/ec2-instance-imdsv2.ts';
import { ec2InstancePublicIp } from './checks/ec2-instance-public-ip.ts';
import { ec2SgDefaultHasRules } from './checks/ec2-sg-default-has-rules.ts';
import { ec2SgOpenAll } from './checks/ec2-sg-open-all.ts';
import { ec2SgOpenHighRiskPorts } from './checks/ec2-sg-open-high-risk-ports.ts';
import { ec2SgOpenRdp } from './checks/ec2-sg-open-rdp.ts';
import { ec2SgOpenSsh } from './checks/ec2-sg-open-ssh.ts';

export const ec2Checks: readonly Check[] = [
  ec2AmiPublic,
  ec2EbsDefaultEncryption,
  ec2EbsSnapshotPublic,
  ec2EbsVolumeEncrypted,
  ec2InstanceAdminPortExposed,
  ec2InstanceDataPortExposed,
  ec2InstanceImdsv2,
  ec2InstancePublicIp,
  ec2SgDefaultHasRules,
  ec2SgOpenAll,
  ec2SgOpenHighRiskPorts,
  ec2SgOpenRdp,
  ec2SgOpenSsh,
];
