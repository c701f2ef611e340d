import type { Check } from '../../catalogue.ts';
import { accountSecurityContact } from './checks/account-security-contact.ts';

export const accountChecks: readonly Check[] = [accountSecurityContact];
