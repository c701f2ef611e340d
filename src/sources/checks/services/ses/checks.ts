import type { Check } from '../../catalogue.ts';
import { sesIdentityPublic } from './checks/ses-identity-public.ts';

export const sesChecks: readonly Check[] = [sesIdentityPublic];
