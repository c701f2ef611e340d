import type { Check } from '../../catalogue.ts';
import { athenaWorkgroupEncrypted } from './checks/athena-workgroup-encrypted.ts';
import { athenaWorkgroupEnforced } from './checks/athena-workgroup-enforced.ts';

export const athenaChecks: readonly Check[] = [athenaWorkgroupEncrypted, athenaWorkgroupEnforced];
