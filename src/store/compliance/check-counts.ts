import type { CheckCounts } from '../../model/compliance.ts';
import { EventStatus } from '../../model/event.ts';
import { conditions, isOneOf } from '../database/statements.ts';
import type { Store } from '../database/store.ts';

export interface CheckCountsFilter {
  organizationId: string;
  source: string;
  accountIds?: readonly string[] | undefined;
  checkIds?: readonly string[] | undefined;
}

/** By account, then by check. */
export type CountsByAccount = ReadonlyMap<string, ReadonlyMap<string, CheckCounts>>;

/**
 * What each check said last, by account; an account that no scan of the source has looked at is absent. What fails is what
 * is active now: so it is the same as in lists of events, whatever was suppressed since, and whatever the last scan left out.
 */
export function countsByAccount(store: Store, filter: CheckCountsFilter): Promise<CountsByAccount> {
  return readCounts(store, filter, 'account_id');
}

/** The same of all these accounts in sum. */
export async function countsOfAll(
  store: Store,
  filter: CheckCountsFilter,
): Promise<ReadonlyMap<string, CheckCounts>> {
  return (await readCounts(store, filter, null)).get('') ?? new Map<string, CheckCounts>();
}

async function readCounts(
  store: Store,
  { organizationId, source, accountIds, checkIds }: CheckCountsFilter,
  apart: 'account_id' | null,
): Promise<CountsByAccount> {
  const account = (alias: string): string => (apart === null ? "''" : `${alias}.${apart}`);
  const grouped = (alias: string): string => (apart === null ? '' : `${alias}.${apart}, `);
  const said = conditions([
    ['k.organization_id = ?', organizationId],
    ['k.source = ?', source],
    isOneOf('k.account_id', accountIds),
    isOneOf('k.check_id', checkIds),
  ]);
  const active = conditions([
    ['c.organization_id = ?', organizationId],
    ["c.grain = 'check'"],
    ['c.source = ?', source],
    isOneOf('c.status', [EventStatus.Active, EventStatus.Suppressed]),
    isOneOf('c.account_id', accountIds),
    isOneOf('c.check_id', checkIds),
  ]);
  const [checks, events] = await Promise.all([
    store.read<{ account_id: string; check_id: string; passed: unknown; unknown: unknown }>(
      `SELECT ${account('k')} AS account_id, k.check_id, SUM(k.passed) AS passed, SUM(k.unknown) AS unknown
        FROM vedette_check_counts k
        WHERE ${said.sql}
        GROUP BY ${grouped('k')}k.check_id
        ORDER BY ${grouped('k')}k.check_id`,
      said.values,
    ),
    store.read<{ account_id: string; check_id: string; status: EventStatus; events: unknown }>(
      `SELECT ${account('c')} AS account_id, c.check_id, c.status, SUM(c.events) AS events
        FROM vedette_event_counts c
        WHERE ${active.sql}
        GROUP BY ${grouped('c')}c.check_id, c.status`,
      active.values,
    ),
  ]);
  const accounts = new Map<string, Map<string, CheckCounts>>();
  for (const { account_id: accountId, check_id: checkId, passed, unknown } of checks) {
    const of = accounts.get(accountId) ?? new Map<string, CheckCounts>();
    const counts = { pass: Number(passed), fail: 0, unknown: Number(unknown), suppressed: 0 };
    accounts.set(accountId, of.set(checkId, counts));
  }
  for (const { account_id: accountId, check_id: checkId, status, events: count } of events) {
    const counts = accounts.get(accountId)?.get(checkId);
    if (counts !== undefined)
      counts[status === EventStatus.Suppressed ? 'suppressed' : 'fail'] += Number(count);
  }
  return accounts;
}
