import type { ScanOptions } from '../../model/run.ts';
import type { AskedChecks } from '../../model/scope.ts';
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
  /** As the scope of the scan says it. */
  selection: AskedChecks;
}

export function selectionOf(settings: ChecksSettings, options: ScanOptions): Selection {
  const { services, depth = settings.depth, frameworks = [], checks = [] } = options;
  return { depth, services, frameworks, checks, frameworksFolder: settings.frameworksFolder };
}

/** The calls that the chosen checks need. */
export const collectedForChecks = collectedBySnapshot<typeof checksSettings>({
  source: 'checks',
  table: calls,
  async choose({ settings, options }) {
    const selection = selectionOf(settings, options);
    const catalogue = checksOf(settings);
    const checks = selectChecks(selection, catalogue);
    const { depth, frameworks, checks: named } = selection;
    const asked: Asked = {
      checks: checks.map(({ id }) => id),
      services: options.services,
      selection: {
        depth: named.length > 0 ? null : depth,
        frameworks,
        checks: named,
        isAll: checks.length === catalogue.filter(({ service }) => isWanted(service, options)).length,
      },
    };
    return { calls: callsOf(checks), asked, timeoutMs: settings.timeoutMs };
  },
});

function isWanted(service: string, { services }: ScanOptions): boolean {
  return services.length === 0 || services.includes(service);
}
