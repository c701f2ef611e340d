import type { Check } from '../../catalogue.ts';
import { dmsInstancePublic } from './checks/dms-instance-public.ts';

export const dmsChecks: readonly Check[] = [dmsInstancePublic];
