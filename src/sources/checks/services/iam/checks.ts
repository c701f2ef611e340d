import type { Check } from '../../catalogue.ts';
import { iamAccessKeyRotation } from './checks/iam-access-key-rotation.ts';
import { iamInlineFullAdmin } from './checks/iam-inline-full-admin.ts';
import { iamPasswordLowercase } from './checks/iam-password-lowercase.ts';
import { iamPasswordMinLength } from './checks/iam-password-min-length.ts';
import { iamPasswordNumber } from './checks/iam-password-number.ts';
import { iamPasswordReuse } from './checks/iam-password-reuse.ts';
import { iamPasswordSymbol } from './checks/iam-password-symbol.ts';
import { iamPasswordUppercase } from './checks/iam-password-uppercase.ts';
import { iamPolicyFullAdmin } from './checks/iam-policy-full-admin.ts';
import { iamRoleTrustAnyone } from './checks/iam-role-trust-anyone.ts';
import { iamRootAccessKeys } from './checks/iam-root-access-keys.ts';
import { iamRootMfa } from './checks/iam-root-mfa.ts';
import { iamRootRecentUse } from './checks/iam-root-recent-use.ts';
import { iamUserAdministrator } from './checks/iam-user-administrator.ts';
import { iamUserConsoleMfa } from './checks/iam-user-console-mfa.ts';

export const iamChecks: readonly Check[] = [
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
];
