import type { DescribedEvent, Event } from '../../model/event.ts';
import { useIndex } from '../database/index-hints.ts';
import { isAmong } from '../database/statements.ts';
import type { Store } from '../database/store.ts';
import { isoTimeOrNull } from '../database/values.ts';

const BATCH = 500;

type Explanation = DescribedEvent['finding'];
type Suppressed = DescribedEvent['suppression'];

/** Events with what their checks say and why they are suppressed, as they are read; what is said of a check is kept. */
export async function* describeEvents<Listed extends Event>(
  store: Store,
  organizationId: string,
  events: AsyncIterable<Listed>,
): AsyncGenerator<Listed & DescribedEvent> {
  const explanations = new Map<string, Promise<Explanation>>();
  const explanationOf = (service: string, checkId: string): Promise<Explanation> => {
    const key = `${service} ${checkId}`;
    const known = explanations.get(key) ?? newestFinding(store, organizationId, service, checkId);
    explanations.set(key, known);
    return known;
  };
  let batch: Listed[] = [];
  async function* described(): AsyncGenerator<Listed & DescribedEvent> {
    const suppressions = await suppressionsOf(store, batch);
    for (const event of batch) {
      const finding = await explanationOf(event.service, event.checkId);
      yield { ...event, finding, suppression: suppressions.get(event.id) ?? null };
    }
    batch = [];
  }
  for await (const event of events) {
    batch.push(event);
    if (batch.length === BATCH) yield* described();
  }
  yield* described();
}

async function newestFinding(
  store: Store,
  organizationId: string,
  service: string,
  checkId: string,
): Promise<Explanation> {
  const [row] = await store.read<NonNullable<Explanation>>(
    `SELECT f.title, f.rationale, f.remediation
      FROM scout_findings f ${useIndex(store.dialect, 'ix_scout_findings_finding_id')}
      WHERE f.organization_id = ? AND f.finding_id = ? AND f.service = ?
      ORDER BY f.id DESC
      LIMIT 1`,
    [organizationId, checkId, service],
  );
  return row ?? null;
}

async function suppressionsOf(
  store: Store,
  events: readonly Event[],
): Promise<Map<number, NonNullable<Suppressed>>> {
  const ids = events.filter(({ status }) => status === 'suppressed').map(({ id }) => id);
  if (ids.length === 0) return new Map();
  const [wanted, ...values] = isAmong('e.id', ids);
  const rows = await store.read<{
    id: number;
    reason: string;
    owner: string | null;
    expires_at: string | null;
  }>(
    `SELECT e.id, s.reason, s.owner, s.expires_at
      FROM scout_events e
      JOIN vedette_suppressions s ON s.id = e.suppression_id
      WHERE ${wanted}`,
    values,
  );
  return new Map(
    rows.map(({ id, reason, owner, expires_at: until }) => [
      id,
      { reason, owner, expiresAt: isoTimeOrNull(until) },
    ]),
  );
}
