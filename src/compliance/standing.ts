import type { FrameworkStanding, FrameworkSummary } from '../model/compliance.ts';
import { countsByAccount } from '../store/compliance/check-counts.ts';
import { failingSince, statesBefore } from '../store/compliance/scores.ts';
import type { Store } from '../store/database/store.ts';
import type { ComplianceBasis } from './basis.ts';
import type { Framework } from './framework.ts';
import { changeOf, judgeFramework, judgeScore, scoreOf, sumCounts } from './state.ts';

/** Whose; without accounts, of all that were scanned. */
export interface StandingFilter {
  organizationId: string;
  accountIds?: readonly string[] | undefined;
}

/** How every framework stands now. */
export async function overview(
  store: Store,
  { frameworks, source, checks }: ComplianceBasis,
  filter: StandingFilter,
): Promise<FrameworkSummary[]> {
  const accounts = await countsByAccount(store, { ...filter, source });
  const all = sumCounts(accounts.values());
  return frameworks.map((framework) => ({
    ...described(framework),
    score: judgeScore(framework, all, checks),
    accounts: [...accounts].map(([accountId, counts]) => ({
      accountId,
      score: judgeScore(framework, counts, checks),
    })),
  }));
}

/** How one framework stands now, in each account and over all of them. */
export async function standingOf(
  store: Store,
  framework: Framework,
  { source, checks }: Pick<ComplianceBasis, 'source' | 'checks'>,
  filter: StandingFilter,
): Promise<FrameworkStanding> {
  const accounts = await countsByAccount(store, { ...filter, source });
  const requirements = judgeFramework(framework, sumCounts(accounts.values()), checks);
  const byAccount = [...accounts].map(([accountId, counts]) => ({
    accountId,
    requirements: judgeFramework(framework, counts, checks),
  }));
  const kept = {
    organizationId: filter.organizationId,
    framework: framework.id,
    accountIds: [...accounts.keys()],
  };
  const [since, earlier] = await Promise.all([failingSince(store, kept), statesBefore(store, kept)]);
  return {
    ...described(framework),
    score: scoreOf(requirements),
    accounts: byAccount.map(({ accountId, requirements: own }) => ({ accountId, score: scoreOf(own) })),
    requirements: requirements.map((requirement, index) => {
      const states = byAccount.map(
        ({ accountId, requirements: own }) => [accountId, own[index]?.state ?? requirement.state] as const,
      );
      const times = states
        .filter(([, state]) => state === 'fail')
        .flatMap(([accountId]) => since.get(accountId)?.get(requirement.id) ?? []);
      const now = Object.fromEntries(states);
      const before = Object.fromEntries(
        states.flatMap(([accountId]) => {
          const state = earlier.get(accountId)?.get(requirement.id);
          return state === undefined ? [] : [[accountId, state]];
        }),
      );
      return {
        ...requirement,
        states: now,
        statesBefore: before,
        change: changeOf(now, before),
        failingSince: times.toSorted()[0] ?? null,
      };
    }),
  };
}

function described({ id, name, version, publisher, note }: Framework) {
  return { framework: id, name, version, publisher, note: note ?? null };
}
