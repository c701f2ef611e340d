import { permissionsFor } from '../../collect/plan.ts';
import { defineSource } from '../source.ts';
import { allChecks } from './all-checks.ts';
import { calls } from './calls.ts';
import { callsOf } from './catalogue.ts';
import { collectForChecks } from './collect.ts';
import { checksDemo } from './demo.ts';
import { checkChecks } from './health.ts';
import { interpretSnapshot } from './interpret.ts';
import { checksSettings } from './settings.ts';

/** Our own checks of AWS accounts: calls, and pure functions on their answers. */
export const checks = defineSource({
  id: 'checks',
  title: 'Checks',
  permissions: {
    managedPolicies: ['arn:aws:iam::aws:policy/SecurityAudit'],
    actions: permissionsFor(calls, callsOf(allChecks)),
  },
  settings: checksSettings,
  setup: [],
  check: checkChecks,
  importable: null,
  demo: checksDemo,
  collect: collectForChecks,
  interpret: interpretSnapshot,
});
