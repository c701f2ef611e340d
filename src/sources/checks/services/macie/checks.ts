import type { Check } from '../../catalogue.ts';
import { macieAutoDiscovery } from './checks/macie-auto-discovery.ts';
import { macieOn } from './checks/macie-on.ts';

export const macieChecks: readonly Check[] = [macieAutoDiscovery, macieOn];
