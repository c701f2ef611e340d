import type { Check } from './catalogue.ts';
import { accountSecurityContact } from './services/account/checks/account-security-contact.ts';
import { cloudtrailBucketPublic } from './services/cloudtrail/checks/cloudtrail-bucket-public.ts';
import { cloudtrailKms } from './services/cloudtrail/checks/cloudtrail-kms.ts';
import { cloudtrailMultiRegion } from './services/cloudtrail/checks/cloudtrail-multi-region.ts';
import { cloudtrailValidation } from './services/cloudtrail/checks/cloudtrail-validation.ts';
import { ec2AmiPublic } from './services/ec2/checks/ec2-ami-public.ts';
import { ec2EbsDefaultEncryption } from './services/ec2/checks/ec2-ebs-default-encryption.ts';
import { ec2EbsSnapshotPublic } from './services/ec2/checks/ec2-ebs-snapshot-public.ts';
import { ec2EbsVolumeEncrypted } from './services/ec2/checks/ec2-ebs-volume-encrypted.ts';
import { ec2InstanceAdminPortExposed } from './services/ec2/checks/ec2-instance-admin-port-exposed.ts';
import { ec2InstanceDataPortExposed } from './services/ec2/checks/ec2-instance-data-port-exposed.ts';
import { ec2InstanceImdsv2 } from './services/ec2/checks/ec2-instance-imdsv2.ts';
import { ec2InstancePublicIp } from './services/ec2/checks/ec2-instance-public-ip.ts';
import { ec2SgDefaultHasRules } from './services/ec2/checks/ec2-sg-default-has-rules.ts';
import { ec2SgOpenAll } from './services/ec2/checks/ec2-sg-open-all.ts';
import { ec2SgOpenHighRiskPorts } from './services/ec2/checks/ec2-sg-open-high-risk-ports.ts';
import { ec2SgOpenRdp } from './services/ec2/checks/ec2-sg-open-rdp.ts';
import { ec2SgOpenSsh } from './services/ec2/checks/ec2-sg-open-ssh.ts';
import { iamAccessKeyRotation } from './services/iam/checks/iam-access-key-rotation.ts';
import { iamInlineFullAdmin } from './services/iam/checks/iam-inline-full-admin.ts';
import { iamPasswordLowercase } from './services/iam/checks/iam-password-lowercase.ts';
import { iamPasswordMinLength } from './services/iam/checks/iam-password-min-length.ts';
import { iamPasswordNumber } from './services/iam/checks/iam-password-number.ts';
import { iamPasswordReuse } from './services/iam/checks/iam-password-reuse.ts';
import { iamPasswordSymbol } from './services/iam/checks/iam-password-symbol.ts';
import { iamPasswordUppercase } from './services/iam/checks/iam-password-uppercase.ts';
import { iamPolicyFullAdmin } from './services/iam/checks/iam-policy-full-admin.ts';
import { iamRoleTrustAnyone } from './services/iam/checks/iam-role-trust-anyone.ts';
import { iamRootAccessKeys } from './services/iam/checks/iam-root-access-keys.ts';
import { iamRootMfa } from './services/iam/checks/iam-root-mfa.ts';
import { iamRootRecentUse } from './services/iam/checks/iam-root-recent-use.ts';
import { iamUserAdministrator } from './services/iam/checks/iam-user-administrator.ts';
import { iamUserConsoleMfa } from './services/iam/checks/iam-user-console-mfa.ts';
import { kmsKeyPublic } from './services/kms/checks/kms-key-public.ts';
import { kmsKeyRotation } from './services/kms/checks/kms-key-rotation.ts';
import { rdsClusterEncrypted } from './services/rds/checks/rds-cluster-encrypted.ts';
import { rdsInstanceBackups } from './services/rds/checks/rds-instance-backups.ts';
import { rdsInstanceEncrypted } from './services/rds/checks/rds-instance-encrypted.ts';
import { rdsInstancePublic } from './services/rds/checks/rds-instance-public.ts';
import { rdsSnapshotPublic } from './services/rds/checks/rds-snapshot-public.ts';
import { s3AccountPublicBlock } from './services/s3/checks/s3-account-public-block.ts';
import { s3BucketDefaultEncryption } from './services/s3/checks/s3-bucket-default-encryption.ts';
import { s3BucketPublicBlock } from './services/s3/checks/s3-bucket-public-block.ts';
import { s3BucketPublicListAcl } from './services/s3/checks/s3-bucket-public-list-acl.ts';
import { s3BucketPublicWriteAcl } from './services/s3/checks/s3-bucket-public-write-acl.ts';
import { s3BucketPublicWritePolicy } from './services/s3/checks/s3-bucket-public-write-policy.ts';
import { s3BucketPublic } from './services/s3/checks/s3-bucket-public.ts';
import { s3BucketTlsOnly } from './services/s3/checks/s3-bucket-tls-only.ts';
import { vpcFlowLogs } from './services/vpc/checks/vpc-flow-logs.ts';
import { vpcNaclOpenRdp } from './services/vpc/checks/vpc-nacl-open-rdp.ts';
import { vpcNaclOpenSsh } from './services/vpc/checks/vpc-nacl-open-ssh.ts';

/** Every check there is. */
export const allChecks: readonly Check[] = [
  accountSecurityContact,
  cloudtrailBucketPublic,
  cloudtrailKms,
  cloudtrailMultiRegion,
  cloudtrailValidation,
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
  iamAccessKeyRotation,
  iamInlineFullAdmin,
  iamPasswordLowercase,
  iamPasswordMinLength,
  iamPasswordNumber,
  iamPasswordReuse,
  iamPasswordSymbol,
  iamPasswordUppercase,
  iamPolicyFullAdmin,
  iamRoleTrustAnyone,
  iamRootAccessKeys,
  iamRootMfa,
  iamRootRecentUse,
  iamUserAdministrator,
  iamUserConsoleMfa,
  kmsKeyPublic,
  kmsKeyRotation,
  rdsClusterEncrypted,
  rdsInstanceBackups,
  rdsInstanceEncrypted,
  rdsInstancePublic,
  rdsSnapshotPublic,
  s3AccountPublicBlock,
  s3BucketDefaultEncryption,
  s3BucketPublic,
  s3BucketPublicBlock,
  s3BucketPublicListAcl,
  s3BucketPublicWriteAcl,
  s3BucketPublicWritePolicy,
  s3BucketTlsOnly,
  vpcFlowLogs,
  vpcNaclOpenRdp,
  vpcNaclOpenSsh,
];
