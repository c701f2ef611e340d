import type { Check } from '../../catalogue.ts';
import { inspectorOn } from './checks/inspector-on.ts';
import { inspectorOpenFindings } from './checks/inspector-open-findings.ts';

export const inspectorChecks: readonly Check[] = [inspectorOn, inspectorOpenFindings];
