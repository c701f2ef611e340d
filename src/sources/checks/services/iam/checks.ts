import type { Check } from '../../catalogue.ts';
import { iamAccessKeyRotation } from './checks/iam-access-key-rotation.ts';
import { iamAccessKeyUnused } from './checks/iam-access-key-unused.ts';
import { iamAwsAdminPolicyAttached } from './checks/iam-aws-admin-policy-attached.ts';
import { iamCloudshellFullAccess } from './checks/iam-cloudshell-full-access.ts';
import { iamConsolePasswordUnused } from './checks/iam-console-password-unused.ts';
import { iamFederationPresent } from './checks/iam-federation-present.ts';
import { iamGroupAdminWithoutMfa } from './checks/iam-group-admin-without-mfa.ts';
import { iamGroupAdministrator } from './checks/iam-group-administrator.ts';
import { iamGroupEmpty } from './checks/iam-group-empty.ts';
import { iamInlineFullAdmin } from './checks/iam-inline-full-admin.ts';
import { iamInlinePrivilegeEscalation } from './checks/iam-inline-privilege-escalation.ts';
import { iamOidcTrustUnrestricted } from './checks/iam-oidc-trust-unrestricted.ts';
import { iamPasswordExpiry } from './checks/iam-password-expiry.ts';
import { iamPasswordLowercase } from './checks/iam-password-lowercase.ts';
import { iamPasswordMinLength } from './checks/iam-password-min-length.ts';
import { iamPasswordNumber } from './checks/iam-password-number.ts';
import { iamPasswordReuse } from './checks/iam-password-reuse.ts';
import { iamPasswordSymbol } from './checks/iam-password-symbol.ts';
import { iamPasswordUppercase } from './checks/iam-password-uppercase.ts';
import { iamPolicyAssumeAnyRole } from './checks/iam-policy-assume-any-role.ts';
import { iamPolicyCloudtrailWildcard } from './checks/iam-policy-cloudtrail-wildcard.ts';
import { iamPolicyFullAdmin } from './checks/iam-policy-full-admin.ts';
import { iamPolicyKmsWildcard } from './checks/iam-policy-kms-wildcard.ts';
import { iamPolicyNotaction } from './checks/iam-policy-notaction.ts';
import { iamPolicyPrivilegeEscalation } from './checks/iam-policy-privilege-escalation.ts';
import { iamPolicyServiceWildcard } from './checks/iam-policy-service-wildcard.ts';
import { iamRoleAdministrator } from './checks/iam-role-administrator.ts';
import { iamRoleConfusedDeputy } from './checks/iam-role-confused-deputy.ts';
import { iamRoleCrossAccountExternalId } from './checks/iam-role-cross-account-external-id.ts';
import { iamRoleCrossAccountReadonly } from './checks/iam-role-cross-account-readonly.ts';
import { iamRoleTrustAnyone } from './checks/iam-role-trust-anyone.ts';
import { iamRoleUnused } from './checks/iam-role-unused.ts';
import { iamRootAccessKeys } from './checks/iam-root-access-keys.ts';
import { iamRootCentralManagement } from './checks/iam-root-central-management.ts';
import { iamRootHardwareMfa } from './checks/iam-root-hardware-mfa.ts';
import { iamRootMfa } from './checks/iam-root-mfa.ts';
import { iamRootRecentUse } from './checks/iam-root-recent-use.ts';
import { iamRootSigningCerts } from './checks/iam-root-signing-certs.ts';
import { iamSecurityAuditRole } from './checks/iam-security-audit-role.ts';
import { iamServerCertExpired } from './checks/iam-server-cert-expired.ts';
import { iamSupportRole } from './checks/iam-support-role.ts';
import { iamUserAdministrator } from './checks/iam-user-administrator.ts';
import { iamUserConsoleMfa } from './checks/iam-user-console-mfa.ts';
import { iamUserDirectPolicies } from './checks/iam-user-direct-policies.ts';
import { iamUserHardwareMfa } from './checks/iam-user-hardware-mfa.ts';
import { iamUserInitialAccessKey } from './checks/iam-user-initial-access-key.ts';
import { iamUserStaticKeysForHumans } from './checks/iam-user-static-keys-for-humans.ts';
import { iamUserTwoActiveKeys } from './checks/iam-user-two-active-keys.ts';

export const iamChecks: readonly Check[] = [
  iamAccessKeyRotation,
  iamAccessKeyUnused,
  iamAwsAdminPolicyAttached,
  iamCloudshellFullAccess,
  iamConsolePasswordUnused,
  iamFederationPresent,
  iamGroupAdminWithoutMfa,
  iamGroupAdministrator,
  iamGroupEmpty,
  iamInlineFullAdmin,
  iamInlinePrivilegeEscalation,
  iamOidcTrustUnrestricted,
  iamPasswordExpiry,
  iamPasswordLowercase,
  iamPasswordMinLength,
  iamPasswordNumber,
  iamPasswordReuse,
  iamPasswordSymbol,
  iamPasswordUppercase,
  iamPolicyAssumeAnyRole,
  iamPolicyCloudtrailWildcard,
  iamPolicyFullAdmin,
  iamPolicyKmsWildcard,
  iamPolicyNotaction,
  iamPolicyPrivilegeEscalation,
  iamPolicyServiceWildcard,
  iamRoleAdministrator,
  iamRoleConfusedDeputy,
  iamRoleCrossAccountExternalId,
  iamRoleCrossAccountReadonly,
  iamRoleTrustAnyone,
  iamRoleUnused,
  iamRootAccessKeys,
  iamRootCentralManagement,
  iamRootHardwareMfa,
  iamRootMfa,
  iamRootRecentUse,
  iamRootSigningCerts,
  iamSecurityAuditRole,
  iamServerCertExpired,
  iamSupportRole,
  iamUserAdministrator,
  iamUserConsoleMfa,
  iamUserDirectPolicies,
  iamUserHardwareMfa,
  iamUserInitialAccessKey,
  iamUserStaticKeysForHumans,
  iamUserTwoActiveKeys,
];
