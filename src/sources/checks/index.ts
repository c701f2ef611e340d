import { permissionsFor } from '../../collect/plan.ts';
import { defineSource } from '../source.ts';
import { allChecks } from './all-checks.ts';
import { calls } from './calls.ts';
import { callsOf } from './catalogue.ts';
import type { Check } from './catalogue.ts';
import { collectForChecks, ENTRY_CALLS, selectionOf } from './collect.ts';
import { complianceBasis } from './described.ts';
import { checkChecks } from './health.ts';
import { interpretSnapshot } from './interpret.ts';
import { selectChecks } from './plan.ts';
import { checksSettings } from './settings.ts';

/** Our own checks of AWS accounts: calls, and pure functions on their answers. */
export const checks = defineSource({
  id: 'checks',
  title: 'Checks',
  permissions: {
    managedPolicies: ['arn:aws:iam::aws:policy/SecurityAudit'],
    actions: permissionsOf(allChecks),
  },
  permissionsFor: ({ settings }, options) => permissionsOf(selectChecks(selectionOf(settings, options))),
  compliance: ({ settings }) => complianceBasis(settings.frameworksFolder),
  settings: checksSettings,
  setup: [],
  check: checkChecks,
  importable: null,
  demo: null,
  collect: collectForChecks,
  interpret: interpretSnapshot,
});

/** What a scan of these checks needs. */
function permissionsOf(chosen: readonly Check[]): string[] {
  return [...ENTRY_CALLS, ...permissionsFor(calls, callsOf(chosen))];
}
