import { ENTRY_CALLS } from '../../collect/entry.ts';
import { permissionsFor } from '../../collect/plan.ts';
import { defineSource } from '../source.ts';
import { allChecks } from './all-checks.ts';
import { calls } from './calls.ts';
import { callsOf, DEPTHS } from './catalogue.ts';
import type { Check } from './catalogue.ts';
import { scopeProblem } from './check-scope.ts';
import { checksOf } from './checks-of.ts';
import { collectedForChecks, selectionOf } from './collect.ts';
import { checksDemo } from './demo.ts';
import { complianceBasis } from './described.ts';
import { checkChecks } from './health.ts';
import { interpretSnapshot } from './interpret.ts';
import { checkedServices, knownFrameworks, selectChecks } from './plan.ts';
import { checksSettings } from './settings.ts';
import type { ChecksSettings } from './settings.ts';

/** Our own checks of AWS accounts: calls, and pure functions on their answers. */
export const checks = defineSource({
  id: 'checks',
  title: 'Checks',
  permissions: {
    managedPolicies: ['arn:aws:iam::aws:policy/SecurityAudit'],
    actions: permissionsOf(allChecks),
  },
  async permissionsFor({ settings }, options) {
    return permissionsOf(selectChecks(selectionOf(settings, options), checksOf(settings)));
  },
  async choices({ settings }) {
    const catalogue = checksOf(settings);
    return {
      depths: DEPTHS,
      depth: settings.depth,
      services: checkedServices(catalogue),
      frameworks: frameworksToChoose(settings, catalogue).map(({ id, name, version }) => ({
        id,
        title: `${name} ${version}`.trim(),
      })),
    };
  },
  compliance: ({ settings }) => complianceBasis(settings),
  settings: checksSettings,
  setup: [],
  check: checkChecks,
  importable: null,
  demo: checksDemo,
  scopeProblem,
  ...collectedForChecks,
  interpret: interpretSnapshot,
});

/** What a scan of these checks needs. */
function permissionsOf(chosen: readonly Check[]): string[] {
  return [...ENTRY_CALLS, ...permissionsFor(calls, callsOf(chosen))];
}

/** A file that is no framework must not keep anybody from choosing another one: who names it is told. */
function frameworksToChoose({ frameworksFolder }: ChecksSettings, catalogue: readonly Check[]) {
  try {
    return knownFrameworks(frameworksFolder, catalogue);
  } catch {
    return knownFrameworks(undefined, catalogue);
  }
}
