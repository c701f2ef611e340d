/**
 * The way that the requirement documents describe, as a baseline: for every event a SELECT by its hash, an INSERT or
 * UPDATE, and an INSERT of its link.
 */
import type { QueryRunner } from 'typeorm';
import type { ObservedEvent } from '../src/model/observation.ts';
import type { Store } from '../src/store/database/store.ts';
import { sqlJson, sqlTime } from '../src/store/database/values.ts';
import { at, madeUpEvent } from '../test/support/observations.ts';
import { timed } from './harness.ts';

const CHECKS = 150;
const ROUNDS = 5;
/** Of a round. */
const EVENTS = 500;
const KEY = { organization_id: 'default', account_id: '1', source: 'row-at-a-time' };

const WAYS: Readonly<Record<string, Way>> = {
  'repositories, one transaction': { save: saveByRepository, together: true },
  'repositories, each saved': { save: saveByRepository, together: false },
  'statements, one transaction': { save: saveByStatements, together: true },
  'statements, each saved': { save: saveByStatements, together: false },
};

/** Events a second that each way stored, in every round. */
export type Rates = Record<string, { fresh: number[]; known: number[] }>;

/**
 * Through TypeORM's repositories and with plain statements. The ways take turns, for the machine is not equally fast all
 * the time.
 */
export async function rowAtATime(store: Store): Promise<Rates> {
  const runner = store.dataSource.createQueryRunner();
  const rates: Rates = {};
  const scan = await makeScan(runner);
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [name, way] of Object.entries(WAYS)) {
      const events = Array.from({ length: EVENTS }, (_, index) =>
        madeUpEvent({
          service: `service-${index % 20}`,
          checkId: `check-${index % CHECKS}`,
          resourceId: `${name}-${round}-${index}`,
        }),
      );
      const ofWay = (rates[name] ??= { fresh: [], known: [] });
      ofWay.fresh.push(EVENTS / (await timed(() => inOrder(runner, scan, events, at(0), way))));
      ofWay.known.push(EVENTS / (await timed(() => inOrder(runner, scan, events, at(1), way))));
    }
  }
  await runner.query('DELETE FROM scout_events WHERE account_id = ?', [KEY.account_id]);
  await runner.query('DELETE FROM scout_scans WHERE account_id = ?', [KEY.account_id]);
  if (store.dialect === 'mysql') await runner.release();
  return rates;
}

/** The scan that everything is stored as. */
interface Scan {
  id: number;
  /** By the names of their checks. */
  findingIds: ReadonlyMap<string, number>;
}

interface Way {
  save: (runner: QueryRunner, scan: Scan, event: ObservedEvent, time: string) => Promise<void>;
  /** In one transaction, as documented; else each by itself. */
  together: boolean;
}

async function inOrder(
  runner: QueryRunner,
  scan: Scan,
  events: readonly ObservedEvent[],
  time: string,
  { save, together }: Way,
): Promise<void> {
  if (together) await runner.startTransaction();
  for (const event of events) await save(runner, scan, event, sqlTime(time));
  if (together) await runner.commitTransaction();
}

async function makeScan(runner: QueryRunner): Promise<Scan> {
  await runner.query(
    'INSERT INTO scout_scans (account_id, source, scan_time, version, created_at, status, scope, warnings, ' +
      "results_sha256, unverified_reasons) VALUES (?, ?, '2020-01-01 00:00:00', '5', '2020-01-01 00:00:00', " +
      "'recorded', '{}', '[]', '', '{}')",
    [KEY.account_id, KEY.source],
  );
  const select = 'SELECT id FROM scout_scans WHERE account_id = ?';
  const [{ id }] = (await runner.query(select, [KEY.account_id])) as [{ id: number }];
  for (let check = 0; check < CHECKS; check += 1) {
    await runner.query(
      'INSERT INTO scout_findings (scan_id, service, finding_id, level, source_level, title, description, ' +
        "reference_links, compliance) VALUES (?, ?, ?, 'high', 'danger', 'A check', 'A check', '[]', '[]')",
      [id, `service-${check % 20}`, `check-${check}`],
    );
  }
  const findings = (await runner.query('SELECT id, finding_id FROM scout_findings WHERE scan_id = ?', [
    id,
  ])) as { id: number; finding_id: string }[];
  return { id, findingIds: new Map(findings.map((finding) => [finding.finding_id, finding.id])) };
}

async function saveByRepository(
  runner: QueryRunner,
  scan: Scan,
  event: ObservedEvent,
  time: string,
): Promise<void> {
  const events = runner.manager.getRepository('scout_events');
  const known = await events.findOne({ where: { ...KEY, event_hash: event.eventHash } });
  const saved = await events.save({
    ...known,
    ...rowOf(scan, event, time),
    first_seen: known?.['first_seen'] ?? time,
  });
  const link = {
    organization_id: 'default',
    event_id: saved['id'] as number,
    finding_id: scan.findingIds.get(event.checkId),
    scan_id: scan.id,
  };
  await runner.manager.getRepository('scout_event_findings').save(link);
}

async function saveByStatements(
  runner: QueryRunner,
  scan: Scan,
  event: ObservedEvent,
  time: string,
): Promise<void> {
  const select =
    'SELECT id FROM scout_events WHERE organization_id = ? AND account_id = ? AND source = ? AND event_hash = ?';
  const find = async () =>
    (await runner.query(select, [...Object.values(KEY), event.eventHash])) as { id: number }[];
  let [known] = await find();
  if (known === undefined) {
    const row = { ...rowOf(scan, event, time), first_seen: time, details: sqlJson(event.details) };
    const columns = Object.keys(row);
    const inserted = (await runner.query(
      `INSERT INTO scout_events (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`,
      Object.values(row),
    )) as number | { insertId: number };
    known = { id: typeof inserted === 'number' ? inserted : inserted.insertId };
  } else {
    await runner.query('UPDATE scout_events SET last_seen = ?, resolved_at = NULL WHERE id = ?', [
      time,
      known.id,
    ]);
  }
  await runner.query(
    "INSERT INTO scout_event_findings (organization_id, event_id, finding_id, scan_id) VALUES ('default', ?, ?, ?)",
    [known.id, scan.findingIds.get(event.checkId), scan.id],
  );
}

function rowOf(scan: Scan, event: ObservedEvent, time: string) {
  return {
    ...KEY,
    service: event.service,
    check_id: event.checkId,
    level: event.level,
    resource_id: event.resourceId,
    resource_name: event.resourceName,
    resource_type: event.resourceType,
    region: event.region,
    item_path: event.itemPath,
    details: event.details,
    event_hash: event.eventHash,
    last_seen: time,
    last_scan_id: scan.id,
  };
}
