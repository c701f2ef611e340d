import type { ScanOptions } from '../../model/run.ts';
import { collectedBySnapshot } from '../snapshot-units.ts';
import { calls } from './calls.ts';
import { callsOf } from './catalogue.ts';
import { checksOf } from './checks-of.ts';
import { selectChecks } from './plan.ts';
import type { Selection } from './plan.ts';
import type { checksSettings, ChecksSettings } from './settings.ts';

/** What the head of a snapshot says was asked for. */
export interface Asked {
  /** Ids of the checks that were chosen, at the depth and of the services and frameworks that were. */
  checks: readonly string[];
  services: readonly string[];
}

export function selectionOf(settings: ChecksSettings, options: ScanOptions): Selection {
  const { services, depth = settings.depth, frameworks = [], checks = [] } = options;
  return { depth, services, frameworks, checks };
}

/** The calls that the chosen checks need. */
export const collectedForChecks = collectedBySnapshot<typeof checksSettings>({
  source: 'checks',
  table: calls,
  async choose({ settings, options }) {
    const checks = selectChecks(selectionOf(settings, options), await checksOf(settings));
    const asked: Asked = { checks: checks.map(({ id }) => id), services: options.services };
    return { calls: callsOf(checks), asked, timeoutMs: settings.timeoutMs };
  },
});
