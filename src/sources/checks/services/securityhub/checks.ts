import type { Check } from '../../catalogue.ts';
import { securityhubOn } from './checks/securityhub-on.ts';

export const securityhubChecks: readonly Check[] = [securityhubOn];
