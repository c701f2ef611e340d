import { VedetteError } from '../../errors.ts';
import type { ListedSuppression, Suppression, SuppressionKind } from '../../model/suppression.ts';
import { recordChange } from '../access/audit.ts';
import { conditions } from '../database/statements.ts';
import { transaction } from '../database/store.ts';
import type { Session, Store } from '../database/store.ts';
import { sqlTime } from '../database/values.ts';
import { SUPPRESSION_COLUMNS, suppressionOfRow } from './suppression-rows.ts';
import type { SuppressionRow } from './suppression-rows.ts';
import { checkedExpiry, inBatches, ofSuppression, unsuppress } from './suppressions.ts';

/**
 * The organisation's suppressions that are in force, those that end first first; `endingBefore` leaves out later ones,
 * `untold` those whose end people were told of.
 */
export async function listSuppressions(
  store: Store,
  organizationId: string,
  {
    endingBefore,
    id,
    untold = false,
  }: { endingBefore?: string | undefined; id?: number; untold?: boolean } = {},
): Promise<ListedSuppression[]> {
  const { sql, values } = conditions([
    ['p.organization_id = ? AND p.ended_at IS NULL', organizationId],
    endingBefore === undefined ? undefined : ['p.expires_at < ?', sqlTime(endingBefore)],
    id === undefined ? undefined : ['p.id = ?', id],
    untold ? ['p.expires_at IS NOT NULL AND p.end_told_at IS NULL'] : undefined,
  ]);
  const rows = await store.read<SuppressionRow & { events: unknown }>(
    `SELECT ${SUPPRESSION_COLUMNS}, (
        SELECT COUNT(*)
        FROM vedette_suppressed_events m
        JOIN scout_events e ON e.id = m.event_id
        WHERE m.suppression_id = p.id AND m.ended_at IS NULL AND e.resolved_at IS NULL
      ) AS events
      FROM vedette_suppressions p
      WHERE ${sql}
      ORDER BY CASE WHEN p.expires_at IS NULL THEN 1 ELSE 0 END, p.expires_at, p.id`,
    values,
  );
  const listed = rows.map((row) => ({ ...suppressionOfRow(row), events: Number(row.events) }));
  // One whose events were all taken back, or suppressed anew, holds nothing any more; a rule waits for what is to come.
  return listed.filter(({ rule, events }) => rule !== null || events > 0);
}

export interface SuppressionChange {
  kind?: SuppressionKind | undefined;
  reason?: string | undefined;
  owner?: string | undefined;
  /** ISO 8601, in the future; null: until it is taken back. */
  expiresAt?: string | null | undefined;
}

/**
 * Changes what is said of a suppression that is in force; its events stay suppressed.
 *
 * @throws VedetteError `not-found`, or `usage` when it would end before now.
 */
export async function changeSuppression(
  store: Store,
  organizationId: string,
  id: number,
  { kind, reason, owner, expiresAt }: SuppressionChange,
): Promise<ListedSuppression> {
  const end = expiresAt === undefined ? undefined : checkedExpiry(expiresAt, sqlTime(new Date()));
  // Of a new end people are told anew.
  const told = end === undefined ? undefined : null;
  const columns = Object.entries({ kind, reason, owner, expires_at: end, end_told_at: told }).flatMap(
    ([name, value]) => (value === undefined ? [] : [{ name, value }]),
  );
  if (columns.length > 0) {
    const set = columns.map(({ name }) => `${name} = ?`).join(', ');
    await transaction(store, async (session) => {
      const before = await inForce(session, organizationId, id);
      await session.execute(`UPDATE vedette_suppressions SET ${set} WHERE id = ?`, [
        ...columns.map(({ value }) => value),
        id,
      ]);
      await recordChange(session, {
        organizationId,
        action: 'suppressions.change',
        target: `suppressions/${id}`,
        before: wordsOf(before),
        after: wordsOf(await inForce(session, organizationId, id)),
      });
    });
  }
  return suppressionInForce(store, organizationId, id);
}

/**
 * Ends a suppression: its events are active again.
 *
 * @throws VedetteError `not-found`
 */
export async function endSuppression(
  store: Store,
  organizationId: string,
  id: number,
  by: string,
  signal: AbortSignal = new AbortController().signal,
): Promise<{ events: number }> {
  await suppressionInForce(store, organizationId, id);
  const at = sqlTime(new Date());
  // First, so that a rule meets nothing new while its events come back.
  await transaction(store, async (session) => {
    const before = await inForce(session, organizationId, id);
    await session.execute('UPDATE vedette_suppressions SET ended_at = ?, ended_by = ? WHERE id = ?', [
      at,
      by,
      id,
    ]);
    await recordChange(session, {
      organizationId,
      action: 'suppressions.end',
      target: `suppressions/${id}`,
      before: wordsOf(before),
      after: null,
    });
  });
  const events = await inBatches(
    store,
    ofSuppression(store, organizationId, id),
    (session, ids) => unsuppress(session, organizationId, ids, { at, by }),
    signal,
  );
  return { events };
}

async function suppressionInForce(
  store: Store,
  organizationId: string,
  id: number,
): Promise<ListedSuppression> {
  const [found] = await listSuppressions(store, organizationId, { id });
  if (found === undefined) throw notInForce(id);
  return found;
}

/** Within a transaction that changes it. */
async function inForce(session: Session, organizationId: string, id: number): Promise<Suppression> {
  const [row] = await session.query<SuppressionRow>(
    `SELECT ${SUPPRESSION_COLUMNS} FROM vedette_suppressions p
      WHERE p.organization_id = ? AND p.id = ? AND p.ended_at IS NULL`,
    [organizationId, id],
  );
  if (row === undefined) throw notInForce(id);
  return suppressionOfRow(row);
}

function notInForce(id: number): VedetteError {
  return new VedetteError('not-found', `There is no suppression ${id} in force.`, {
    remedy: 'vedette suppression list shows them.',
  });
}

/** What people say of a suppression. */
function wordsOf({ kind, reason, owner, expiresAt, rule }: Suppression) {
  return { kind, reason, owner, expiresAt, rule };
}
