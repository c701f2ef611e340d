import type { Check } from '../../catalogue.ts';
import { cognitoIdentityGuest } from './checks/cognito-identity-guest.ts';
import { cognitoPoolDeletionProtection } from './checks/cognito-pool-deletion-protection.ts';
import { cognitoPoolMfa } from './checks/cognito-pool-mfa.ts';
import { cognitoPoolPassword } from './checks/cognito-pool-password.ts';

export const cognitoChecks: readonly Check[] = [
  cognitoIdentityGuest,
  cognitoPoolDeletionProtection,
  cognitoPoolMfa,
  cognitoPoolPassword,
];
