/**
 * Payloads of accounts: how fast a wide section is loaded, beside row-at-a-time upserts of the same rows, and loaded again; what a
 * payload of 256 MB needs in memory; and how fast the views that the dashboard asks answer for many accounts.
 */
import { closeSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { silent } from '../src/log.ts';
import { openMigratedStore } from '../src/store/database/open.ts';
import { inTransaction } from '../src/store/database/store.ts';
import type { Store } from '../src/store/database/store.ts';
import { rowHash, rowKey, RowWriter } from '../src/store/view360/row-writer.ts';
import type { TableRow } from '../src/store/view360/row-writer.ts';
import { setUpView360 } from '../src/store/view360/set-up.ts';
import { tableNamed, tables } from '../src/store/view360/tables.ts';
import { queryView, usualOrder, viewColumns, views } from '../src/store/view360/views.ts';
import { loadFile } from '../src/view360/receive/load-file.ts';
import type { SentPayload } from '../src/view360/send.ts';
import { startServices } from '../test/support/overlay.ts';
import { workContext } from '../test/support/stores.ts';
import { payloadOf } from '../test/support/view360-payloads.ts';
import type { Payload } from '../test/support/view360-payloads.ts';
import { configOf, quantile, round, timed, vedette, withDatabases } from './harness.ts';
import type { Figures, Sizes } from './harness.ts';

const ORGANIZATION = { organizationId: 'default' };
const DAY_MS = 86_400_000;
const ago = (days: number): string => new Date(Date.now() - days * DAY_MS).toISOString().slice(0, 10);
const FIRST = '100000000000';
/** Of the row-at-a-time baseline, which is slow. */
const ROWS_ONE_BY_ONE = 1000;
const MOST_PAYLOAD = 255 * 1024 * 1024;
const DAYS = 30;
const ROUNDS = 12;
/** A view that is slow is asked less often. */
const MOST_MS = 4000;
const TARGET_MS = 300;

/** What the pages Inventory, Cost and AWS's own word ask when they are opened. */
const ASKED: readonly [view: string, sort: string][] = [
  ['view_accounts', 'account_name'],
  ['view_account_freshness', 'last_payload_at'],
  ['view_collection_status', 'account_id'],
  ['view_service_resources_summary', '-resource_count'],
  ['view_ingest_errors', '-first_seen_at'],
  ['view_cost_daily', '-cost_date'],
  ['view_cost_by_day', '-cost_date'],
  ['view_cost_month_to_date', '-month_to_date'],
  ['view_cost_top_services_30d', '-BilledCost'],
  ['view_acct_cost_rep_forecast', '-made_on'],
  ['view_cost_anomalies', '-total_impact'],
  ['view_savings_opportunities', '-monthly_savings'],
  ['view_cost_reconciliation', '-period_start'],
  ['view_config_reports', '-date_from'],
  ['view_config_rule_ranking', '-open_resources'],
  ['view_findings_aging', '-over_90d'],
  ['view_support_open', 'oldest'],
  ['view_health_open', 'start_time'],
  ['view_certificates_expiring', 'not_after'],
  ['view_iam_users_without_mfa', 'account'],
];

export async function run({ databases, items, bytes }: Sizes): Promise<Figures> {
  const isWhole = bytes >= 2 ** 30;
  const rows = Math.min(items, isWhole ? 100_000 : 10_000);
  const sending = await measureSending();
  const receiving = await withDatabases(databases, async (_kind, environment, folder) => {
    const store = await openMigratedStore(configOf(environment), silent);
    try {
      await setUpView360(store);
      const loading = await measureLoading(store, folder, rows);
      const large = await measureLarge(environment, folder, isWhole ? MOST_PAYLOAD : 2 ** 24);
      const asked = await measureViews(store, folder, isWhole ? 1000 : 20);
      return { loading, large, views: asked };
    } finally {
      await store.close();
    }
  });
  return { ...receiving, sending };
}

/** One account of the simulated services, in one region; a whole process. */
async function measureSending(): Promise<Figures> {
  const services = await startServices();
  try {
    const straight = ['S3', 'SQS', 'KMS'].map((name) => [`AWS_ENDPOINT_URL_${name}`, services.motoUrl]);
    const environment = {
      AWS_ENDPOINT_URL: services.url,
      ...(Object.fromEntries(straight) as Record<string, string>),
      AWS_ACCESS_KEY_ID: 'key',
      AWS_SECRET_ACCESS_KEY: 'secret',
      AWS_REGION: 'eu-central-1',
      VEDETTE_VIEW360_REGIONS: 'eu-central-1',
    };
    const args = ['view360', 'send', '--dry-run', '-o', 'json'];
    const { seconds, peakMiB, stdout } = await vedette(args, environment);
    const [sent] = JSON.parse(stdout) as SentPayload[];
    const calls = sent?.sections.map(({ section, calls: made }) => [section, made]) ?? [];
    return {
      seconds: round(seconds),
      'peak, MiB': round(peakMiB),
      calls: sent?.calls ?? 0,
      'requests to Cost Explorer': sent?.costRequests ?? 0,
      'calls by section': Object.fromEntries(calls) as Figures,
    };
  } finally {
    await services.stop();
  }
}

async function measureLoading(store: Store, folder: string, rows: number): Promise<Figures> {
  const file = join(folder, 'wide.json');
  const rate = async (generatedAt: string): Promise<number> => {
    const payload = payloadOf(FIRST, ago(1));
    payload['meta'].generated_at = generatedAt;
    const [row] = payload['service_resources'];
    payload['service_resources'] = Array.from({ length: rows }, (_, at) => ({ ...row, ...ownOf(at) }));
    writeFileSync(file, JSON.stringify(payload));
    const { sections, status } = await loadFile(store, { file }, ORGANIZATION, workContext());
    if (status !== 'loaded') throw new Error(`The payload was ${status}.`);
    const section = sections.find((one) => one.section === 'service_resources');
    if (section?.rowsIn !== rows) throw new Error('Not all rows were loaded.');
    const [stats] = await store.read<{ ms: number | string }>(
      "SELECT duration_ms AS ms FROM view360_ingest_section_stats WHERE section = 'service_resources' ORDER BY id DESC LIMIT 1",
    );
    return (rows * 1000) / Number(stats?.ms ?? 0);
  };
  const fresh = await rate(`${ago(0)}T02:00:00.000Z`);
  const skipped = await rate(`${ago(0)}T02:00:01.000Z`);
  const single = await oneByOne(store);
  return {
    rows,
    'new, rows/s': round(fresh),
    'row at a time, each saved, rows/s': round(single.eachSaved),
    'row at a time, one transaction, rows/s': round(single.together),
    'times row at a time, each saved': round(fresh / single.eachSaved),
    'times row at a time, one transaction': round(fresh / single.together),
    'all skipped, rows/s': round(skipped),
    'all skipped, times new': round(skipped / fresh),
  };
}

function ownOf(at: number) {
  return { resource_id: `i-${String(at).padStart(17, '0')}`, resource_name: `machine ${at}` };
}

/** A SELECT and an INSERT for each row of the same table, as receivers often do. */
async function oneByOne(store: Store): Promise<{ eachSaved: number; together: number }> {
  const table = tableNamed('service_resources');
  const [row] = payloadOf(FIRST, ago(1))['service_resources'];
  const rowAt = (at: number): TableRow => {
    const given: Payload = { ...row, ...ownOf(at), account_id: FIRST, resource_name: `single ${at}` };
    const values = table.told.map(({ name, type, nullable }) => {
      const value = given[name] ?? (nullable ? null : type === 'int' ? 0 : '');
      return typeof value === 'object' && value !== null ? JSON.stringify(value) : value;
    });
    const dates = table.told.flatMap(({ type }, index) => (type === 'ts' || type === 'date' ? [index] : []));
    for (const index of dates)
      if (typeof values[index] === 'string') values[index] = values[index].slice(0, 19).replace('T', ' ');
    return { key: rowKey(['single', at]), hash: rowHash(values), values };
  };
  const { signal } = new AbortController();
  return store.session(async (session) => {
    const origin = {
      fileId: 1,
      region: 'global',
      generatedAt: `${ago(0)} 02:00:00.000`,
      now: `${ago(0)} 02:00:00.000`,
    };
    const writer = new RowWriter(store, session, table, origin, {
      goneSince: new Map<string, string>(),
      changedAt: undefined,
    });
    let at = 0;
    const some = async (save: (row: TableRow) => Promise<void>): Promise<void> => {
      for (let count = 0; count < ROWS_ONE_BY_ONE; count += 1) await save(rowAt((at += 1)));
    };
    const each = await timed(() =>
      some((one) => inTransaction(store, session, signal, () => writer.write([one]))),
    );
    const together = await timed(() =>
      inTransaction(store, session, signal, () => some((one) => writer.write([one]))),
    );
    return { eachSaved: ROWS_ONE_BY_ONE / each, together: ROWS_ONE_BY_ONE / together };
  });
}

/** As a whole process, of the built program. */
async function measureLarge(
  environment: Readonly<Record<string, string>>,
  folder: string,
  bytes: number,
): Promise<Figures> {
  const file = join(folder, 'large.json');
  const payload = payloadOf('100000000999', ago(2));
  const [row] = payload['service_resources'];
  const [before = '', after = ''] = JSON.stringify({ ...payload, service_resources: ['@'] }).split('"@"');
  const out = openSync(file, 'w');
  writeSync(out, before);
  let written = before.length + after.length;
  for (let at = 0; written < bytes;) {
    const rows: string[] = [];
    for (const end = at + 1000; at < end; at += 1)
      rows.push(JSON.stringify({ ...row, ...ownOf(at), tags: { Name: 'x'.repeat(4000) } }));
    const text = `${at > 1000 ? ',' : ''}${rows.join(',')}`;
    writeSync(out, text);
    written += text.length;
  }
  writeSync(out, after);
  closeSync(out);
  const { seconds, peakMiB } = await vedette(['view360', 'load', file, '-o', 'json'], environment);
  rmSync(file);
  return {
    'payload, MB': round(written / 1e6),
    'MB/s': round(written / 1e6 / seconds),
    'peak, MiB': round(peakMiB),
  };
}

/** One account is loaded day by day; what it left becomes that of the others, in the database itself. */
async function measureViews(store: Store, folder: string, accounts: number): Promise<Figures> {
  await fillAccounts(store, folder, accounts);
  return { accounts, days: DAYS, ...(await askViews(store)) };
}

/** All of them: of every account, and of one; and the dashboard's in its orders. */
export async function askViews(store: Store, only?: readonly string[]): Promise<Figures> {
  const wanted = (name: string) => only === undefined || only.includes(name);
  const named = views.map(({ name }) => ({ name })).filter(({ name }) => wanted(name));
  const asked = ASKED.map(([name, sort]) => ({ name, sort })).filter(({ name }) => wanted(name));
  const ofOne = named.map((view) => ({ ...view, accountIds: [FIRST] }));
  return {
    'a page of all accounts': await pagesOf(named, store),
    'a page of one account': await pagesOf(ofOne, store),
    'what the dashboard asks': await pagesOf(asked, store),
  };
}

/** Each view as the API asks it: one page in an order, one row more to see whether there is another. */
async function pagesOf(
  asked: readonly { name: string; sort?: string; accountIds?: string[] }[],
  store: Store,
): Promise<Figures> {
  const figures: Record<string, number> = {};
  for (const { name, sort, accountIds } of asked) {
    const query = {
      ...ORGANIZATION,
      sort: sort ?? usualOrder(await viewColumns(store, name)),
      limit: 101,
      ...(accountIds && { accountIds }),
    };
    const took: number[] = [];
    for (
      const started = performance.now();
      took.length < ROUNDS && (took.length < 3 || performance.now() - started < MOST_MS);
    ) {
      took.push(await timed(() => queryView(store, name, query)));
    }
    figures[name] = Math.round(quantile(took, 0.95) * 1000);
  }
  const slow = Object.entries(figures).filter(([, ms]) => ms > TARGET_MS);
  return {
    views: asked.length,
    'within 300 ms': asked.length - slow.length,
    'slowest p95, ms': Math.max(...Object.values(figures)),
    'slower, p95, ms': Object.fromEntries(slow),
  };
}

/** What `measureViews` asks: as many accounts as are wanted, `DAYS` days of each, and what is of now. */
export async function fillAccounts(store: Store, folder: string, accounts: number): Promise<void> {
  const execute = (sql: string, values: readonly (string | number)[] = []) =>
    store.session((session) => session.execute(sql, values));
  await execute('DELETE FROM view360_service_resources WHERE resource_name LIKE ? OR resource_name LIKE ?', [
    'machine %',
    'single %',
  ]);
  await execute('DELETE FROM view360_accounts WHERE account_id = ?', ['100000000999']);
  for (let day = DAYS; day > 0; day -= 1) {
    const file = join(folder, `day-${day}.json`);
    writeFileSync(file, JSON.stringify(payloadOf(FIRST, ago(day), ofUsualSize)));
    await loadFile(store, { file }, ORGANIZATION, workContext());
  }
  await multiply(store, accounts);
  for (const { sqlName } of tables.values())
    await store.read(store.dialect === 'mysql' ? `ANALYZE TABLE ${sqlName}` : `ANALYZE ${sqlName}`);
}

/** An account as many are: a dozen services, some sixty resources with their tags, some twenty findings. */
function ofUsualSize(payload: Payload): void {
  const { security, config, inventory } = payload as Record<string, Payload>;
  const many: readonly [
    holder: Payload | undefined,
    name: string,
    count: number,
    own: (at: number) => Payload,
  ][] = [
    [payload, 'service', 12, (at) => ({ service: `Service ${at}` })],
    [payload, 'service_resources', 60, ownOf],
    [payload, 'config_inventory', 60, ownOf],
    [payload, 'resource_tags', 120, (at) => ({ resource_arn: `arn:${at % 60}`, tag_key: `tag-${at % 6}` })],
    [config, 'non_compliant_resources', 20, (at) => ({ resource_id: `resource-${at}` })],
    [security?.['security_hub'][0], 'findings', 20, (at) => ({ finding_id: `arn:${FIRST}:${at}` })],
    [inventory, 'applications', 40, (at) => ({ name: `program-${at}` })],
    [inventory, 'patches', 20, (at) => ({ kb_id: `patch-${at}` })],
  ];
  for (const [holder, name, count, own] of many) {
    const rows = holder?.[name] as readonly Payload[];
    if (holder !== undefined)
      holder[name] = Array.from({ length: count }, (_, at) => ({ ...rows[at % rows.length], ...own(at) }));
  }
}

/** The first account's rows again for each of the others, a statement for each table and hundred of them. */
async function multiply(store: Store, accounts: number): Promise<void> {
  const mysql = store.dialect === 'mysql';
  const quoted = (column: string) => (mysql ? `\`${column}\`` : `"${column}"`);
  const joined = (...parts: string[]) => (mysql ? `CONCAT(${parts.join(', ')})` : parts.join(' || '));
  // As the column is, or MySQL takes no index.
  const account = `CAST(${FIRST} + n.n AS ${mysql ? 'CHAR CHARACTER SET ascii' : 'TEXT'})`;
  const start = mysql ? "LPAD(n.n, 12, '0')" : "printf('%012d', n.n)";
  const execute = (sql: string) => store.session((session) => session.execute(sql));
  const copy = async (name: string, from: string, own: Readonly<Record<string, string>>): Promise<void> => {
    const { sqlName, columns } = tableNamed(name);
    const copied = columns.filter((column) => column.name !== 'id');
    const values = copied.map((column) => {
      const isKey = column.name.endsWith('_key') && column.type === 'hash';
      return (
        own[column.name] ??
        (isKey ? joined(start, `substr(t.${column.name}, 13)`) : `t.${quoted(column.name)}`)
      );
    });
    const names = copied.map((column) => quoted(column.name)).join(', ');
    for (let first = 1; first < accounts; first += 100) {
      const among = `n.n BETWEEN ${first} AND ${Math.min(first + 99, accounts - 1)}`;
      await execute(
        `INSERT INTO ${sqlName} (${names}) SELECT ${values.join(', ')} FROM ${from} CROSS JOIN bench_numbers n WHERE ${among}`,
      );
    }
  };
  await execute('CREATE TABLE bench_numbers (n integer PRIMARY KEY)');
  const numbers = Array.from({ length: accounts }, (_, at) => `(${at})`);
  await execute(`INSERT INTO bench_numbers VALUES ${numbers.join(', ')}`);
  for (const { kind, name, sqlName, has } of tables.values()) {
    const of = ['account_id', 'SubAccountId'].find((column) => has.has(column));
    if (kind === 'system' || of === undefined) continue;
    const own = { [of]: account, ...(name === 'accounts' && { account_name: joined("'account '", 'n.n') }) };
    await copy(name, `(SELECT * FROM ${sqlName} WHERE ${of} = '${FIRST}') t`, own);
  }
  const log = `(SELECT c.id FROM view360_logs c WHERE c.account_id = ${account} AND c.region = t.region AND c.interval_kind = t.interval_kind AND c.date_created = t.date_created)`;
  const messages = `(SELECT m.*, l.region, l.interval_kind, l.date_created FROM view360_log_messages m JOIN view360_logs l ON l.id = m.log_id WHERE l.account_id = '${FIRST}') t`;
  await copy('log_messages', messages, { log_id: log });
  await execute('DROP TABLE bench_numbers');
}
