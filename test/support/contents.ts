import type { Session, Store } from '../../src/store/database/store.ts';

/**
 * Everything in the tables, without what differs between two undisturbed runs: ids, and the times at which rows were
 * written.
 */
export async function contents(store: Store): Promise<Record<string, unknown[]>> {
  return {
    scans: await store.read(
      'SELECT organization_id, account_id, source, scan_time, version, total_findings, flagged_findings, profile, status, ' +
        'scope, warnings, results_sha256, events_total, events_new, events_still, events_resolved, events_reopened, ' +
        'events_unverified, unverified_reasons, events_notified, completed_at IS NULL AS open ' +
        'FROM scout_scans ORDER BY organization_id, account_id, source, scan_time',
    ),
    findings: await store.read(
      'SELECT s.organization_id, s.account_id, s.scan_time, f.service, f.finding_id, f.level, f.flagged_items, f.checked_items, f.evaluated, ' +
        'f.title, f.reference_links FROM scout_findings f JOIN scout_scans s ON s.id = f.scan_id ' +
        'ORDER BY s.account_id, s.source, s.scan_time, f.service, f.finding_id',
    ),
    events: await store.read(
      'SELECT e.organization_id, e.account_id, e.source, e.event_hash, e.service, e.check_id, e.level, e.resource_id, ' +
        'e.resource_name, e.resource_type, e.region, e.item_path, e.details, e.first_seen, e.last_seen, e.resolved_at, ' +
        'e.reopened_at, e.times_reopened, e.notified, e.status, s.scan_time AS last_scan ' +
        'FROM scout_events e JOIN scout_scans s ON s.id = e.last_scan_id ' +
        'ORDER BY e.organization_id, e.account_id, e.source, e.event_hash',
    ),
    links: await store.read(
      'SELECT l.organization_id, e.account_id, e.event_hash, f.service, f.finding_id, s.scan_time, t.scan_time AS finding_scan ' +
        'FROM scout_event_findings l JOIN scout_events e ON e.id = l.event_id JOIN scout_findings f ON f.id = l.finding_id ' +
        'JOIN scout_scans s ON s.id = l.scan_id JOIN scout_scans t ON t.id = f.scan_id ' +
        'ORDER BY e.account_id, e.source, e.event_hash, s.scan_time',
    ),
    eventCounts: await store.read(
      'SELECT organization_id, grain, account_id, source, service, check_id, level, region, status, events ' +
        'FROM vedette_event_counts ' +
        'ORDER BY organization_id, grain, account_id, source, service, check_id, level, region, status',
    ),
    suppressedEvents: await store.read(
      'SELECT m.organization_id, e.account_id, e.event_hash, p.reason, p.owner, p.expires_at, p.created_by, ' +
        'm.ended_at IS NULL AS holds, m.ended_by FROM vedette_suppressed_events m ' +
        'JOIN vedette_suppressions p ON p.id = m.suppression_id JOIN scout_events e ON e.id = m.event_id ' +
        'ORDER BY e.account_id, e.event_hash, m.id',
    ),
  };
}

/** Those of one organisation, without its name. */
export async function contentsOf(store: Store, organizationId: string): Promise<Record<string, unknown[]>> {
  const tables = Object.entries(await contents(store)).map(([table, rows]) => [
    table,
    (rows as { organization_id: string }[])
      .filter((row) => row.organization_id === organizationId)
      .map((row) => ({ ...row, organization_id: '' })),
  ]);
  return Object.fromEntries(tables) as Record<string, unknown[]>;
}

/**
 * The same store, with `before` called ahead of each statement of its sessions that may change something, counted from 1.
 */
export function watched(
  store: Store,
  before: (statement: number, session: Session) => void | Promise<void>,
): Store {
  let statements = 0;
  const watchedSession = (session: Session): Session => ({
    ...session,
    execute: async (sql, values) => {
      await before((statements += 1), session);
      return session.execute(sql, values);
    },
  });
  return {
    ...store,
    session: (work) => store.session((session) => work(watchedSession(session))),
    sessions: (work) =>
      store.sessions(([one, ...others]) => work([watchedSession(one), ...others.map(watchedSession)])),
  };
}
