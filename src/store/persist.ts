import { VedetteError } from '../errors.ts';
import type { Observation, ObservedFinding, ScanFacts, ScanScope } from '../model/observation.ts';
import { ScanStatus } from '../model/scan.ts';
import type { ScanOutcome } from '../model/scan.ts';
import type { WorkContext } from '../sources/source.ts';
import { withNamedLock } from './named-lock.ts';
import { keyCondition, keyValues, writerLock } from './scan-key.ts';
import type { ScanKey } from './scan-key.ts';
import { outcomeOf, scanRow } from './scans.ts';
import type { ScanRow } from './scans.ts';
import { dropStagedEvents, StagedEvents } from './staging.ts';
import { insertRows, updateJoined } from './statements.ts';
import { inTransaction } from './store.ts';
import type { Session, Store } from './store.ts';
import { sqlJson, sqlTime } from './values.ts';
import type { SqlValue } from './values.ts';

export interface PersistInput {
  organizationId: string;
  /** The run that the scan belongs to; null for an import. */
  runId: string | null;
  /** The AWS profile that was scanned, where it is known. */
  profile: string | null;
  /** Of the results file. */
  resultsSha256: string;
}

/** `status` may be `duplicate`: then nothing was stored, and `scanId` is that of the scan that was there already. */
export type PersistResult = ScanOutcome & { scanId: number };

const FINDINGS_BATCH = 200;
const PROGRESS_EVERY = 5000;

/**
 * Stores one scan with its findings and events, in one transaction: killed at any moment and run again, it arrives where
 * one undisturbed run does. What the scan did not bring is judged afterwards, by `resolveEvents`.
 *
 * The same scan again is a `duplicate`, unless it is the same run's or was never completed: then the recorded figures come
 * back, and the scan can go on.
 *
 * @throws VedetteError of the database, or `results-invalid`; the signal's reason when aborted, with nothing stored.
 */
export async function persistScan(
  store: Store,
  observations: AsyncIterable<Observation>,
  input: PersistInput,
  context: WorkContext,
): Promise<PersistResult> {
  const startedAt = Date.now();
  const iterator = observations[Symbol.asyncIterator]();
  try {
    const facts = await readFacts(iterator);
    const key = { organizationId: input.organizationId, accountId: facts.accountId, source: facts.source };
    return await store.session((session) =>
      withNamedLock(store, session, writerLock(key), context.signal, async () => {
        const recorded = await findRecorded(session, key, facts.scanTime);
        if (recorded !== undefined) return repeated(recorded, input);
        const scan = new NewScan(store, session, key, facts, input, context);
        return scan.persist(iterator, startedAt);
      }),
    );
  } finally {
    await iterator.return?.();
  }
}

async function readFacts(iterator: AsyncIterator<Observation>): Promise<ScanFacts> {
  const first = await iterator.next();
  if (first.done === true || first.value.kind !== 'scan') {
    throw new VedetteError('results-invalid', 'The results do not begin with the facts of the scan.');
  }
  return first.value.scan;
}

async function findRecorded(session: Session, key: ScanKey, scanTime: string): Promise<ScanRow | undefined> {
  const [row] = await session.query<ScanRow>(
    `SELECT s.* FROM scout_scans s WHERE ${keyCondition('s')} AND s.scan_time = ?`,
    [...keyValues(key), sqlTime(scanTime)],
  );
  return row;
}

function repeated(row: ScanRow, { runId }: PersistInput): PersistResult {
  const outcome = outcomeOf(row);
  if (row.completed_at === null || (runId !== null && row.run_id === runId)) return outcome;
  const none = { new: 0, still: 0, resolved: 0, reopened: 0, unverified: 0 };
  return {
    ...outcome,
    status: 'duplicate',
    events: { total: outcome.events.total, ...none },
    notified: 0,
    warnings: [`This scan is recorded already, as scan ${row.id}.`],
  };
}

/** How the staged events meet the known ones. */
interface Tally {
  total: number;
  known: number;
  reopened: number;
}

/** One scan that is not recorded yet, on its way into the tables. */
class NewScan {
  readonly #store: Store;
  readonly #session: Session;
  readonly #key: ScanKey;
  readonly #facts: ScanFacts;
  readonly #input: PersistInput;
  readonly #context: WorkContext;
  readonly #scanTime: string;

  constructor(
    store: Store,
    session: Session,
    key: ScanKey,
    facts: ScanFacts,
    input: PersistInput,
    context: WorkContext,
  ) {
    this.#store = store;
    this.#session = session;
    this.#key = key;
    this.#facts = facts;
    this.#input = input;
    this.#context = context;
    this.#scanTime = sqlTime(facts.scanTime);
  }

  async persist(observations: AsyncIterator<Observation>, startedAt: number): Promise<PersistResult> {
    try {
      const findings = await this.#stage(observations);
      this.#context.onProgress('merging events');
      return await inTransaction(this.#store, this.#session, this.#context.signal, async () => {
        // Another process may have been faster where the lock does not reach it.
        const recorded = await findRecorded(this.#session, this.#key, this.#facts.scanTime);
        if (recorded !== undefined) return repeated(recorded, this.#input);
        return this.#merge(findings, startedAt);
      });
    } finally {
      await dropStagedEvents(this.#session, this.#store.dialect).catch(() => undefined);
    }
  }

  /** Events go to the temporary table; the findings are as many as the scanner has checks. */
  async #stage(observations: AsyncIterator<Observation>): Promise<ObservedFinding[]> {
    const findings: ObservedFinding[] = [];
    const staged = await StagedEvents.create(this.#session, this.#store.dialect);
    const unsure = servicesWithFetchErrors(this.#facts.scope);
    let events = 0;
    for (let next = await observations.next(); next.done !== true; next = await observations.next()) {
      const observation = next.value;
      if (observation.kind === 'finding') findings.push(observation.finding);
      if (observation.kind === 'event') {
        await staged.add(observation.event, unsure.has(observation.event.service));
        events += 1;
        if (events % PROGRESS_EVERY === 0) this.#context.onProgress(`${events} events read`);
      }
      this.#context.signal.throwIfAborted();
    }
    await staged.flush();
    return findings;
  }

  async #merge(findings: readonly ObservedFinding[], startedAt: number): Promise<PersistResult> {
    const superseded = await this.#hasNewerScan();
    const tally = await this.#tally();
    const scanId = await this.#insertScan(findings, tally, superseded);
    await this.#insertFindings(scanId, findings);
    if (superseded) await this.#moveFirstSeenBack();
    else await this.#mergeEvents(scanId);
    await this.#insertLinks(scanId);
    await this.#session.execute('UPDATE scout_scans SET duration_ms = ? WHERE id = ?', [
      Date.now() - startedAt,
      scanId,
    ]);
    return outcomeOf(await scanRow(this.#session.query, scanId));
  }

  async #hasNewerScan(): Promise<boolean> {
    const rows = await this.#session.query(
      `SELECT s.id FROM scout_scans s WHERE ${keyCondition('s')} AND s.scan_time > ? LIMIT 1`,
      [...keyValues(this.#key), this.#scanTime],
    );
    return rows.length > 0;
  }

  async #tally(): Promise<Tally> {
    const { sql, values } = updateJoined(this.#store.dialect, {
      target: 'staged_events s',
      source: 'scout_events e',
      first: 'target',
      on: [`${keyCondition('e')} AND e.event_hash = s.event_hash`, ...keyValues(this.#key)],
      set: { event_id: ['e.id'], was_resolved: ['e.resolved_at IS NOT NULL'] },
    });
    await this.#session.execute(sql, values);
    const [row] = await this.#session.query<Record<keyof Tally, unknown>>(
      'SELECT COUNT(*) AS total, COUNT(event_id) AS known, SUM(was_resolved) AS reopened FROM staged_events',
    );
    return { total: Number(row?.total), known: Number(row?.known), reopened: Number(row?.reopened ?? 0) };
  }

  async #insertScan(
    findings: readonly ObservedFinding[],
    { total, known, reopened }: Tally,
    superseded: boolean,
  ): Promise<number> {
    const { scope, version, warnings } = this.#facts;
    const unknown = total - known;
    const row: Record<string, SqlValue> = {
      organization_id: this.#key.organizationId,
      account_id: this.#key.accountId,
      source: this.#key.source,
      scan_time: this.#scanTime,
      version,
      total_findings: findings.length,
      created_at: sqlTime(new Date()),
      run_id: this.#input.runId,
      profile: this.#input.profile,
      status: superseded ? ScanStatus.Superseded : statusOf(scope),
      scope: sqlJson(scope),
      warnings: sqlJson(superseded && unknown > 0 ? [...warnings, unknownToNewer(unknown)] : warnings),
      results_sha256: this.#input.resultsSha256,
      flagged_findings: findings.filter(({ flaggedItems }) => flaggedItems > 0).length,
      events_total: total,
      events_new: superseded ? 0 : unknown,
      events_still: superseded ? 0 : known - reopened,
      events_reopened: superseded ? 0 : reopened,
      unverified_reasons: '{}',
    };
    const { sql, values } = insertRows('scout_scans', Object.keys(row), [Object.values(row)]);
    await this.#session.execute(sql, values);
    const inserted = await findRecorded(this.#session, this.#key, this.#facts.scanTime);
    if (inserted === undefined) throw new VedetteError('unexpected', 'The new scan is not in its table.');
    return inserted.id;
  }

  async #insertFindings(scanId: number, findings: readonly ObservedFinding[]): Promise<void> {
    for (let start = 0; start < findings.length; start += FINDINGS_BATCH) {
      const rows = findings
        .slice(start, start + FINDINGS_BATCH)
        .map((finding) => this.#findingRow(scanId, finding));
      const { sql, values } = insertRows('scout_findings', FINDING_COLUMNS, rows);
      await this.#session.execute(sql, values);
      this.#context.signal.throwIfAborted();
    }
  }

  #findingRow(scanId: number, finding: ObservedFinding): SqlValue[] {
    return [
      this.#key.organizationId,
      scanId,
      finding.service,
      finding.checkId,
      finding.level,
      finding.sourceLevel,
      finding.flaggedItems,
      finding.checkedItems,
      finding.evaluated,
      finding.title,
      finding.title,
      finding.rationale,
      finding.remediation,
      sqlJson(finding.references),
      sqlJson(finding.compliance),
    ];
  }

  async #moveFirstSeenBack(): Promise<void> {
    const { sql, values } = updateJoined(this.#store.dialect, {
      target: 'scout_events e',
      source: 'staged_events s',
      first: 'source',
      on: ['s.event_id = e.id AND e.first_seen > ?', this.#scanTime],
      set: { first_seen: ['?', this.#scanTime] },
    });
    await this.#session.execute(sql, values);
  }

  async #mergeEvents(scanId: number): Promise<void> {
    const { sql, values } = updateJoined(this.#store.dialect, {
      target: 'scout_events e',
      source: 'staged_events s',
      first: 'source',
      on: ['s.event_id = e.id'],
      set: {
        last_seen: ['?', this.#scanTime],
        last_scan_id: ['?', scanId],
        resolved_at: ['NULL'],
        reopened_at: ['CASE WHEN s.was_resolved = 1 THEN ? ELSE e.reopened_at END', this.#scanTime],
        times_reopened: ['e.times_reopened + s.was_resolved'],
        notified: ['CASE WHEN s.was_resolved = 1 THEN 0 ELSE e.notified END'],
        // What an active event is known to be is not overwritten by what a scan with fetch errors says.
        details: ['CASE WHEN s.unconfirmed = 1 AND s.was_resolved = 0 THEN e.details ELSE s.details END'],
        level: ['s.level'],
        resource_id: ['s.resource_id'],
        resource_name: ['s.resource_name'],
        resource_type: ['s.resource_type'],
        region: ['s.region'],
        item_path: ['s.item_path'],
      },
    });
    await this.#session.execute(sql, values);
    this.#context.signal.throwIfAborted();
    await this.#session.execute(
      `INSERT INTO scout_events (${NEW_EVENT_COLUMNS}) SELECT ?, ?, ?, s.service, s.check_id, s.level, s.resource_id, ` +
        's.resource_name, s.resource_type, s.region, s.item_path, s.details, s.event_hash, ?, ?, ? ' +
        'FROM staged_events s WHERE s.event_id IS NULL ORDER BY s.position',
      [...keyValues(this.#key), this.#scanTime, this.#scanTime, scanId],
    );
    this.#context.signal.throwIfAborted();
  }

  async #insertLinks(scanId: number): Promise<void> {
    await this.#session.execute(
      'INSERT INTO scout_event_findings (organization_id, event_id, finding_id, scan_id) ' +
        'SELECT ?, e.id, f.id, f.scan_id FROM staged_events s ' +
        `JOIN scout_events e ON ${keyCondition('e')} AND e.event_hash = s.event_hash ` +
        'JOIN scout_findings f ON f.scan_id = ? AND f.service = s.service AND f.finding_id = s.check_id',
      [this.#key.organizationId, ...keyValues(this.#key), scanId],
    );
  }
}

const FINDING_COLUMNS = [
  'organization_id',
  'scan_id',
  'service',
  'finding_id',
  'level',
  'source_level',
  'flagged_items',
  'checked_items',
  'evaluated',
  'title',
  'description',
  'rationale',
  'remediation',
  'reference_links',
  'compliance',
];

const NEW_EVENT_COLUMNS =
  'organization_id, account_id, source, service, check_id, level, resource_id, resource_name, resource_type, region, ' +
  'item_path, details, event_hash, first_seen, last_seen, last_scan_id';

function statusOf({ services, unevaluatedChecks }: ScanScope): ScanStatus {
  const complete = unevaluatedChecks.length === 0 && services.every(({ fetchErrors }) => fetchErrors === 0);
  return complete ? ScanStatus.Recorded : ScanStatus.Partial;
}

function servicesWithFetchErrors({ services }: ScanScope): ReadonlySet<string> {
  return new Set(services.filter(({ fetchErrors }) => fetchErrors > 0).map(({ service }) => service));
}

function unknownToNewer(count: number): string {
  const events = count === 1 ? '1 event' : `${count} events`;
  return `A newer scan of this account is recorded: ${events} that only this older one knows were not stored.`;
}
