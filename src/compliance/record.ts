import { reportOf } from '../errors.ts';
import type { ScanOutcome } from '../model/scan.ts';
import { ScanStatus } from '../model/scan.ts';
import { countsByAccount, countsOfAll } from '../store/compliance/check-counts.ts';
import { keepResults } from '../store/compliance/scores.ts';
import type { Store } from '../store/database/store.ts';
import type { WorkContext } from '../work-context.ts';
import type { ComplianceBasis } from './basis.ts';
import { judgeFramework, judgeScore, scoreOf } from './state.ts';

/**
 * Keeps with a scan that has just been completed how every requirement stands now. Called again for the same scan, it
 * replaces what was kept. Frameworks that cannot be read cost a warning, and never the scan.
 *
 * @param basis of the scan's source; undefined where no framework speaks of its checks
 * @returns the outcome, with that warning where there is one
 * @throws VedetteError of the database; the signal's reason when aborted
 */
export async function recordCompliance(
  store: Store,
  outcome: ScanOutcome,
  basis: () => Promise<ComplianceBasis> | undefined,
  { signal }: Pick<WorkContext, 'signal'>,
): Promise<ScanOutcome> {
  const { organizationId, accountId, source, scanId, status } = outcome;
  if (scanId === null || status === ScanStatus.Superseded) return outcome;
  let judgedBy: ComplianceBasis | undefined;
  try {
    judgedBy = await basis();
  } catch (error) {
    const { message, remedy } = reportOf(error);
    return {
      ...outcome,
      warnings: [...outcome.warnings, `Compliance was not recorded: ${message} ${remedy}`],
    };
  }
  if (judgedBy === undefined) return outcome;
  const { frameworks, checks } = judgedBy;
  const [accounts, all] = await Promise.all([
    countsByAccount(store, { organizationId, source, accountIds: [accountId] }),
    countsOfAll(store, { organizationId, source }),
  ]);
  const own = accounts.get(accountId) ?? new Map<string, never>();
  const results = frameworks.map((framework) => {
    const requirements = judgeFramework(framework, own, checks);
    return {
      framework: framework.id,
      version: framework.version,
      account: { score: scoreOf(requirements), requirements },
      all: { score: judgeScore(framework, all, checks) },
    };
  });
  await keepResults(store, { organizationId, accountId, scanId }, results, signal);
  return outcome;
}
