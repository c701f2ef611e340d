import { VedetteError } from '../../errors.ts';
import type { ScanDetails } from '../../model/scan.ts';
import { describeScope } from '../../model/scope.ts';
import { conditions, isOneOf } from '../database/statements.ts';
import type { Store } from '../database/store.ts';
import { IS_NEWEST, recordOf, scopeOf } from './scans.ts';
import type { ScanRow } from './scans.ts';

/** @throws VedetteError `not-found` also for a scan of another organisation */
export async function getScan(store: Store, organizationId: string, scanId: number): Promise<ScanDetails> {
  const [row] = await store.read<ScanRow>(
    'SELECT s.* FROM scout_scans s WHERE s.organization_id = ? AND s.id = ?',
    [organizationId, scanId],
  );
  if (row === undefined) throw new VedetteError('not-found', `There is no scan ${scanId}.`);
  return detailsOf(row);
}

/** The newest scan of each account and source. */
export async function newestScans(
  store: Store,
  organizationId: string,
  accountIds?: readonly string[],
): Promise<ScanDetails[]> {
  const { sql, values } = conditions([
    ['s.organization_id = ?', organizationId],
    isOneOf('s.account_id', accountIds),
  ]);
  const rows = await store.read<ScanRow>(
    `SELECT s.* FROM scout_scans s WHERE ${sql} AND ${IS_NEWEST} ORDER BY s.account_id, s.source`,
    values,
  );
  return rows.map(detailsOf);
}

function detailsOf(row: ScanRow): ScanDetails {
  return { ...recordOf(row), scope: describeScope(scopeOf(row)) };
}
