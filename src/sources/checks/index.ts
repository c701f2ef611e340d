import { ENTRY_CALLS } from '../../collect/entry.ts';
import { permissionsFor } from '../../collect/plan.ts';
import { defineSource } from '../source.ts';
import { allChecks } from './all-checks.ts';
import { allFrameworks } from './all-frameworks.ts';
import { calls } from './calls.ts';
import { callsOf, DEPTHS } from './catalogue.ts';
import type { Check } from './catalogue.ts';
import { checksOf } from './checks-of.ts';
import { collectedForChecks, selectionOf } from './collect.ts';
import { checksDemo } from './demo.ts';
import { checkChecks } from './health.ts';
import { interpretSnapshot } from './interpret.ts';
import { checkedServices, selectChecks } from './plan.ts';
import { checksSettings } from './settings.ts';

/** Our own checks of AWS accounts: calls, and pure functions on their answers. */
export const checks = defineSource({
  id: 'checks',
  title: 'Checks',
  permissions: {
    managedPolicies: ['arn:aws:iam::aws:policy/SecurityAudit'],
    actions: permissionsOf(allChecks),
  },
  async permissionsFor({ settings }, options) {
    return permissionsOf(selectChecks(selectionOf(settings, options), await checksOf(settings)));
  },
  async choices({ settings }) {
    return {
      depths: DEPTHS,
      depth: settings.depth,
      services: checkedServices(await checksOf(settings)),
      frameworks: allFrameworks.map(({ id, name, version }) => ({ id, title: `${name} ${version}`.trim() })),
    };
  },
  settings: checksSettings,
  setup: [],
  check: checkChecks,
  importable: null,
  demo: checksDemo,
  ...collectedForChecks,
  interpret: interpretSnapshot,
});

/** What a scan of these checks needs. */
function permissionsOf(chosen: readonly Check[]): string[] {
  return [...ENTRY_CALLS, ...permissionsFor(calls, callsOf(chosen))];
}
