import type { Check } from '../../catalogue.ts';
import { acmCertExpiring } from './checks/acm-cert-expiring.ts';
import { acmCertTransparency } from './checks/acm-cert-transparency.ts';
import { acmCertWeakKey } from './checks/acm-cert-weak-key.ts';

export const acmChecks: readonly Check[] = [acmCertExpiring, acmCertTransparency, acmCertWeakKey];
