/**
 * A database as two years of scans leave it: accounts, checks and regions of very different sizes, events that came and
 * went, some of them suppressed. Written directly, for the pipeline would take its time; the same in every run.
 */
import { createHash } from 'node:crypto';
import type { Level } from '../src/model/level.ts';
import { insertRows } from '../src/store/database/statements.ts';
import type { Session, Store } from '../src/store/database/store.ts';
import { sqlTime } from '../src/store/database/values.ts';
import type { SqlValue } from '../src/store/database/values.ts';
import { refreshEventCounts } from '../src/store/events/refresh-counts.ts';

export const ORGANIZATION = 'default';
export const NOW = Date.UTC(2026, 10, 22, 12);
const ACCOUNTS = 50;
const CHECKS = 300;
const SCANS = 20;
const DAY_MS = 86_400_000;
const SCAN_EVERY_MS = 3 * DAY_MS;
const BATCH_ROWS = 500;
const TRANSACTION_ROWS = 50_000;

const SERVICES = (
  'ec2 iam s3 rds cloudtrail kms elb elbv2 vpc lambda sns sqs redshift cloudfront route53 dynamodb ecs eks ' +
  'elasticache secretsmanager'
).split(' ');
const GLOBAL_SERVICES = new Set(['iam', 's3', 'cloudfront', 'route53']);
export const REGIONS = (
  'us-east-1 eu-west-1 us-west-2 eu-central-1 us-east-2 ap-southeast-1 ap-northeast-1 eu-west-2 ap-southeast-2 ' +
  'us-west-1 eu-west-3 ap-south-1 eu-north-1 ca-central-1 sa-east-1 ap-northeast-2 ap-northeast-3'
).split(' ');

/** Numbers from 0 to 1 that look random and are the same in every run. */
export function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export interface Check {
  service: string;
  checkId: string;
  level: Level;
}

const LEVEL_SHARES: readonly [Level, number][] = [
  ['critical', 0.04],
  ['high', 0.24],
  ['medium', 0.44],
  ['low', 0.23],
  ['info', 0.05],
];

export const accounts = Array.from({ length: ACCOUNTS }, (_, index) =>
  String(100_000_000_001 + index * 7919),
);

export const checks: readonly Check[] = Array.from({ length: CHECKS }, (_, index) => {
  const random = randomNumbers(index + 1);
  const service = SERVICES[Math.floor(random() ** 1.7 * SERVICES.length)] ?? 'ec2';
  return {
    service,
    checkId: `${service}-check-with-a-name-${index}`,
    level: shareOf(LEVEL_SHARES, random()),
  };
});

function shareOf<Value>(shares: readonly [Value, number][], at: number): Value {
  let sum = 0;
  for (const [value, share] of shares) if (at < (sum += share)) return value;
  return (shares.at(-1) as [Value, number])[0];
}

/** Picks the first of many far more often than the last. */
function skewed(count: number, exponent: number): (random: number) => number {
  const weights = Array.from({ length: count }, (_, index) => (index + 2) ** -exponent);
  const sum = weights.reduce((total, weight) => total + weight, 0);
  let running = 0;
  const ends = weights.map((weight) => (running += weight / sum));
  return (random) =>
    Math.max(
      0,
      ends.findIndex((end) => random < end),
    );
}

const pickAccount = skewed(ACCOUNTS, 0.8);
const pickCheck = skewed(CHECKS, 0.9);
const pickRegion = skewed(REGIONS.length, 1.2);

interface MadeEvent extends Check {
  account: number;
  region: string | null;
  /** Of the account's scans, counted from 0. */
  firstScan: number;
  lastScan: number;
  suppressed: boolean;
}

function makeEvents(count: number): MadeEvent[] {
  const random = randomNumbers(4711);
  const order = Array.from({ length: CHECKS }, (_, index) => index).toSorted(
    (a, b) => randomNumbers(a + 99)() - randomNumbers(b + 99)(),
  );
  const events = Array.from({ length: count }, (): MadeEvent => {
    const account = pickAccount(random());
    const check = checks[order[pickCheck(random())] ?? 0] as Check;
    const regions = 4 + ((account * 5) % 14);
    const region = GLOBAL_SERVICES.has(check.service)
      ? null
      : (REGIONS[pickRegion(random()) % regions] ?? null);
    const firstScan = random() < 0.6 ? 0 : Math.floor(random() * SCANS);
    const stays = random() < 0.65 || firstScan === SCANS - 1;
    const lastScan = stays ? SCANS - 1 : firstScan + Math.floor(random() * (SCANS - 1 - firstScan));
    const suppressed = stays && (random() < 0.01 || (account % 10 === 3 && check.service === 's3'));
    return { ...check, account, region, firstScan, lastScan, suppressed };
  });
  return events.toSorted(
    (a, b) =>
      a.firstScan - b.firstScan ||
      a.account - b.account ||
      (a.service < b.service ? -1 : a.service > b.service ? 1 : a.checkId < b.checkId ? -1 : 1),
  );
}

const scanTime = (account: number, scan: number) =>
  sqlTime(new Date(NOW - (SCANS - 1 - scan) * SCAN_EVERY_MS - (ACCOUNTS - account) * 600_000));
const scanId = (account: number, scan: number) => 1 + scan * ACCOUNTS + account;

/** Fills an empty database with so many events. */
export async function fillStore(store: Store, count: number): Promise<void> {
  await store.session(async (session) => {
    if (store.dialect === 'mysql') await session.execute('SET unique_checks = 0, foreign_key_checks = 0');
    await insertAll(session, 'scout_scans', scanRows(count));
    await insertAll(session, 'scout_findings', findingRows());
    await insertAll(session, 'vedette_suppressions', [
      {
        organization_id: ORGANIZATION,
        reason: 'Accepted for the time being',
        owner: 'platform team',
        created_at: sqlTime(new Date(NOW)),
        created_by: 'bench',
      },
    ]);
    await insertAll(session, 'scout_events', eventRows(makeEvents(count)));
    await session.execute(
      'INSERT INTO vedette_suppressed_events (organization_id, suppression_id, event_id) ' +
        'SELECT organization_id, suppression_id, id FROM scout_events WHERE suppression_id IS NOT NULL',
    );
    await session.execute(
      'INSERT INTO scout_event_findings (organization_id, event_id, finding_id, scan_id) ' +
        'SELECT e.organization_id, e.id, f.id, f.scan_id FROM scout_events e ' +
        'JOIN scout_findings f ON f.scan_id = e.last_scan_id AND f.service = e.service AND f.finding_id = e.check_id',
    );
    for (const accountId of accounts)
      await refreshEventCounts(store, session, {
        organizationId: ORGANIZATION,
        accountId,
        source: 'scoutsuite',
      });
  });
}

function* scanRows(events: number): Generator<Record<string, SqlValue>> {
  for (let scan = 0; scan < SCANS; scan += 1) {
    for (const [account, accountId] of accounts.entries()) {
      const time = scanTime(account, scan);
      yield {
        id: scanId(account, scan),
        organization_id: ORGANIZATION,
        account_id: accountId,
        source: 'scoutsuite',
        scan_time: time,
        version: '5.14.0',
        total_findings: CHECKS,
        created_at: time,
        run_id: `run-${scan}`,
        profile: `profile-${account}`,
        status: account % 9 === 0 ? 'partial' : 'recorded',
        scope: JSON.stringify({ services: [], requested: {}, unevaluatedChecks: [] }),
        warnings: '[]',
        results_sha256: '',
        flagged_findings: 100,
        events_total: Math.round(events / ACCOUNTS),
        events_new: 20,
        events_resolved: 10,
        unverified_reasons: '{}',
        completed_at: time,
      };
    }
  }
}

function* findingRows(): Generator<Record<string, SqlValue>> {
  for (let scan = 0; scan < SCANS; scan += 1) {
    for (const account of accounts.keys()) {
      for (const { service, checkId, level } of checks) {
        yield {
          organization_id: ORGANIZATION,
          scan_id: scanId(account, scan),
          service,
          finding_id: checkId,
          level,
          source_level: 'danger',
          flagged_items: 10,
          checked_items: 100,
          title: `What ${checkId} looks for`,
          description: `What ${checkId} looks for`,
          rationale: 'Because it matters. '.repeat(10),
          reference_links: '[]',
          compliance: '[]',
        };
      }
    }
  }
}

function* eventRows(events: readonly MadeEvent[]): Generator<Record<string, SqlValue>> {
  for (const [index, event] of events.entries()) {
    const { account, service, region, firstScan, lastScan } = event;
    const accountId = accounts[account] ?? '';
    // Two or three checks speak of the same resource.
    const resource = `${service}-resource-${Math.floor(index / 2.5)}`;
    yield {
      organization_id: ORGANIZATION,
      account_id: accountId,
      source: 'scoutsuite',
      service,
      check_id: event.checkId,
      level: event.level,
      resource_id: `arn:aws:${service}:${region ?? ''}:${accountId}:${resource}`,
      resource_name: resource,
      resource_type: `${service}_things`,
      region,
      item_path: `${service}.regions.${region ?? 'global'}.things.${resource}.flag`,
      details: JSON.stringify({
        resolvedBy: 'tree',
        vpcId: `vpc-${index % 997}`,
        tags: { Name: resource, team: 'a' },
      }),
      event_hash: createHash('sha256').update(String(index)).digest('hex'),
      first_seen: scanTime(account, firstScan),
      last_seen: scanTime(account, lastScan),
      resolved_at: lastScan === SCANS - 1 ? null : scanTime(account, lastScan + 1),
      notified: true,
      last_scan_id: scanId(account, lastScan),
      suppression_id: event.suppressed ? 1 : null,
    };
  }
}

async function insertAll(
  session: Session,
  table: string,
  rows: Iterable<Record<string, SqlValue>>,
): Promise<void> {
  let batch: Record<string, SqlValue>[] = [];
  let written = 0;
  const flush = async () => {
    const [first] = batch;
    if (first === undefined) return;
    const { sql, values } = insertRows(
      table,
      Object.keys(first),
      batch.map((row) => Object.values(row)),
    );
    await session.execute(sql, values);
    batch = [];
  };
  await session.execute('BEGIN');
  for (const row of rows) {
    batch.push(row);
    written += 1;
    if (batch.length === BATCH_ROWS) await flush();
    if (written % TRANSACTION_ROWS === 0) {
      await session.execute('COMMIT');
      await session.execute('BEGIN');
    }
  }
  await flush();
  await session.execute('COMMIT');
}
