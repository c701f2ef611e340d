import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { migrations } from '../../../migrations/index.ts';
import { silent } from '../../../src/log.ts';
import { migrateStore, migrationStatus } from '../../../src/store/database/migrate.ts';
import { openStore } from '../../../src/store/database/open.ts';
import type { Store } from '../../../src/store/database/store.ts';
import { persistScan } from '../../../src/store/scans/persist.ts';
import { resolveEvents } from '../../../src/store/scans/resolve.ts';
import { contents } from '../../support/contents.ts';
import { at, observe } from '../../support/observations.ts';
import { runNode } from '../../support/processes.ts';
import { INPUT } from '../../support/scan-input.ts';
import { createDatabase, DATABASES, workContext } from '../../support/stores.ts';
import type { Database, TestDatabase } from '../../support/stores.ts';

/** `UPDATE_SCHEMA=1 npm run jest -- database/schema` writes the dumps anew. */
const update = process.env['UPDATE_SCHEMA'] === '1';
const names = [
  'Initial1764000000000',
  'Api1764600000000',
  'FewerIndexes1764900000000',
  'Accounts1765200000000',
  'NotificationClaims1765300000000',
  'MetadataKey1765400000000',
  'TimesAndSearch1765500000000',
  'TruthOfScans1765600000000',
  'ToldEvents1765700000000',
  'ScanFailures1765800000000',
  'SuppressionRules1765900000000',
  'Compliance1766400000000',
  'S3Data1766500000000',
  'CoverageTables1766600000000',
  'People1766800000000',
  'Organizations1766900000000',
  'Subscriptions1766910000000',
  'SuppressionNotices1767000000000',
  'Projects1767400000000',
  'SearchTags1767450000000',
];
/** MySQL writes its tables otherwise with every version: there, only the entities are compared. */
const dumps = [
  ['sqlite', 'schema.sqlite.sql'],
  ['mariadb', 'schema.mysql.sql'],
] as const satisfies [Database, string][];
const tables = [
  'compliance_requirements',
  'compliance_scores',
  'coverage_corrections',
  'coverage_detections',
  'coverage_scans',
  'scout_event_findings',
  'scout_events',
  'scout_findings',
  'scout_scans',
  'vedette_accounts',
  'vedette_audit',
  'vedette_check_counts',
  'vedette_credentials',
  'vedette_event_counts',
  'vedette_metadata',
  'vedette_migrations',
  'vedette_notification_claims',
  'vedette_organization_settings',
  'vedette_organizations',
  'vedette_scan_failures',
  'vedette_projects',
  'vedette_stripe_events',
  'vedette_subscriptions',
  'vedette_suppressed_events',
  'vedette_suppressions',
  'vedette_told_events',
];

describe.each(DATABASES)('the schema on %s', (kind) => {
  let database: TestDatabase;
  beforeEach(() => {
    database = createDatabase(kind);
  });
  afterEach(() => database.remove());

  test('migrations arrive where the entities are', async () => {
    const store = await database.open();
    const drift = await store.dataSource.driver.createSchemaBuilder().log();
    expect(drift.upQueries.map(({ query }) => query)).toEqual([]);
  });

  test('can be migrated by several processes at once', async () => {
    const settings = JSON.stringify(database.config);
    const children = await Promise.all(
      [1, 2, 3, 4].map(() => runNode('test/support/migrate-process.ts', settings)),
    );
    expect(children.map(({ exitCode, stderr }) => ({ exitCode, stderr }))).toEqual(
      children.map(() => ({ exitCode: 0, stderr: '' })),
    );
    const applied = children.flatMap(({ stdout }) => JSON.parse(stdout) as string[]);
    expect(applied).toEqual(names);
  });

  test('tables of the earlier Python scripts are refused and left as they are', async () => {
    const store = await openStore(database.config, silent);
    try {
      await store.session(({ execute }) =>
        execute('CREATE TABLE scout_scans (id INTEGER PRIMARY KEY, version TEXT)'),
      );
      await expect(migrateStore(store)).rejects.toMatchObject({
        type: 'database-refused',
        message: expect.stringContaining('earlier Python scripts'),
      });
      expect(await store.read('SELECT id, version FROM scout_scans')).toEqual([]);
    } finally {
      await store.close();
    }
  });

  test('tells what is applied and what is pending', async () => {
    const store = await openStore(database.config, silent);
    try {
      expect(await migrationStatus(store)).toEqual({ applied: [], pending: names });
      expect(await migrateStore(store)).toEqual(names);
      expect(await migrationStatus(store)).toEqual({ applied: names, pending: [] });
      expect(await migrateStore(store)).toEqual([]);
    } finally {
      await store.close();
    }
  });

  test('a migration that was cut off can run again', async () => {
    const store = await database.open();
    await store.session(async (session) => {
      await session.execute('DELETE FROM vedette_migrations');
      await session.execute('DROP TABLE scout_event_findings');
    });
    expect(await migrateStore(store)).toEqual(names);
    expect(await store.read('SELECT id FROM scout_event_findings')).toEqual([]);
  });

  test('an upgrade keeps what is there, and counts it', async () => {
    const store = await database.open();
    const scan = { scanTime: at(0), events: [{ resourceId: 'sg-1' }, { resourceId: 'sg-2', region: null }] };
    const { scanId } = await persistScan(store, observe(scan), INPUT, workContext());
    await resolveEvents(store, scanId, workContext());
    const before = await contents(store);
    const [initial, ...later] = names;
    await store.session(async (session) => {
      for (const Migration of migrations.slice(1).toReversed()) await new Migration().down(session.runner);
      await session.execute('DELETE FROM vedette_migrations WHERE name <> ?', [initial ?? '']);
    });
    expect(await migrateStore(store)).toEqual(later);
    expect(await contents(store)).toEqual(before);
    const drift = await store.dataSource.driver.createSchemaBuilder().log();
    expect(drift.upQueries).toEqual([]);
  });

  test('reading before migrating says what to do', async () => {
    const store = await openStore(database.config, silent);
    try {
      await expect(store.read('SELECT id FROM scout_scans')).rejects.toMatchObject({
        type: 'database-refused',
        remedy: 'Run vedette migrate up.',
      });
    } finally {
      await store.close();
    }
  });
});

test('the one table of earlier versions that had no primary key gets one', async () => {
  const database = createDatabase('mariadb');
  try {
    const store = await database.open();
    await store.session(async ({ execute }) => {
      await execute('ALTER TABLE vedette_metadata DROP COLUMN id');
      await execute("DELETE FROM vedette_migrations WHERE name = 'MetadataKey1765400000000'");
    });
    expect(await migrateStore(store)).toEqual(['MetadataKey1765400000000']);
    const keys = await store.read<{ Column_name: string }>(
      "SHOW KEYS FROM vedette_metadata WHERE Key_name = 'PRIMARY'",
    );
    expect(keys.map((key) => key.Column_name)).toEqual(['id']);
  } finally {
    await database.remove();
  }
});

test.each(dumps)('the schema on %s is the committed one', async (kind, name) => {
  const database = createDatabase(kind);
  try {
    const store = await database.open();
    const dump = kind === 'sqlite' ? await sqliteDump(store) : await mysqlDump(store);
    const file = join(import.meta.dirname, '../../../migrations', name);
    if (update) writeFileSync(file, dump);
    expect(existsSync(file) ? readFileSync(file, 'utf8') : '').toBe(dump);
  } finally {
    await database.remove();
  }
});

async function sqliteDump(store: Store): Promise<string> {
  const rows = await store.read<{ sql: string }>(
    "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' ORDER BY tbl_name, type DESC, name",
  );
  return rows.map(({ sql }) => `${broken(sql)};\n`).join('\n');
}

async function mysqlDump(store: Store): Promise<string> {
  const statements: string[] = [];
  for (const table of tables) {
    const [row] = await store.read<Record<string, string>>(`SHOW CREATE TABLE ${table}`);
    statements.push(`${row?.['Create Table']?.replace(/ AUTO_INCREMENT=\d+/, '')};\n`);
  }
  return statements.join('\n');
}

/** One column or constraint a line, as MySQL has it, so that a change shows as a line. */
function broken(sql: string): string {
  if (!sql.startsWith('CREATE TABLE')) return sql;
  return sql
    .replace(' (', ' (\n  ')
    .replaceAll(/, (?=["C])(?!"[a-z_]+"\))/g, ',\n  ')
    .replace(/\)$/, '\n)');
}
