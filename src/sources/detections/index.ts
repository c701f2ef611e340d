import { ENTRY_CALLS } from '../../collect/entry.ts';
import { permissionsFor } from '../../collect/plan.ts';
import { TARGET_KINDS } from '../../model/target.ts';
import { defineSource } from '../source.ts';
import { calls } from './calls.ts';
import { ALL_CALLS, collectedForDetections } from './collect.ts';
import { servicesRefused } from './errors.ts';
import { interpretDetections } from './interpret.ts';
import { detectionsSettings } from './settings.ts';

/** What would notice an attack in an account of AWS or a project of Google Cloud, whether it works, and which techniques it sees. */
export const detections = defineSource({
  id: 'detections',
  title: 'Detections',
  permissions: {
    managedPolicies: ['arn:aws:iam::aws:policy/SecurityAudit'],
    actions: [...ENTRY_CALLS, ...permissionsFor(calls, ALL_CALLS)],
  },
  targets: TARGET_KINDS,
  settings: detectionsSettings,
  setup: [],
  check: async () => `${ALL_CALLS.length} calls`,
  importable: null,
  demo: null,
  scopeProblem: ({ services }) => (services.length === 0 ? null : servicesRefused(services)),
  ...collectedForDetections,
  interpret: interpretDetections,
});
