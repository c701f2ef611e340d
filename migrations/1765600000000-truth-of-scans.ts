import type { MigrationInterface, QueryRunner } from 'typeorm';
import { columnTypes, dialectOf, indexColumns } from './tables-v1.ts';
import type { TableIndex } from './tables-v1.ts';

interface NamedIndex extends TableIndex {
  name: string;
}

const KEY = ['organization_id', 'account_id', 'source', 'scan_time'];
const CHECK = ['scan_id', 'service', 'finding_id'];

const BEFORE: Readonly<Record<string, NamedIndex>> = {
  scout_scans: { name: 'uq_scout_scans_identity', columns: KEY, unique: true },
  scout_findings: { name: 'uq_scout_findings_check', columns: CHECK, unique: true },
};
const AFTER: Readonly<Record<string, NamedIndex>> = {
  scout_scans: { name: 'uq_scout_scans_content', columns: [...KEY, 'content_sha256'], unique: true },
  scout_findings: { name: 'idx_findings_check', columns: CHECK },
};

/**
 * Scans of one moment are told apart by their content: that of a scan of before is known by its file. The store itself
 * keeps checks of a scan apart, byte by byte: MySQL takes names for the same that differ by a blank at the end. Events
 * tell from which level they rose, and why they ended when they were not fixed.
 *
 * Quick with any number of events: what is added to them is empty.
 */
export class TruthOfScans1765600000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const { ascii, text } = columnTypes(dialectOf(runner));
    await addColumn(runner, 'scout_scans', 'content_sha256', `${ascii(64)} NOT NULL DEFAULT ''`);
    await addColumn(runner, 'scout_events', 'raised_from', `${text(16)} NULL`);
    await addColumn(runner, 'scout_events', 'ended_because', `${text(64)} NULL`);
    await runner.query("UPDATE scout_scans SET content_sha256 = results_sha256 WHERE content_sha256 = ''");
    await replaceIndexes(runner, BEFORE, AFTER);
  }

  async down(runner: QueryRunner): Promise<void> {
    await replaceIndexes(runner, AFTER, BEFORE);
    await dropColumn(runner, 'scout_events', 'ended_because');
    await dropColumn(runner, 'scout_events', 'raised_from');
    await dropColumn(runner, 'scout_scans', 'content_sha256');
  }
}

async function addColumn(runner: QueryRunner, table: string, name: string, type: string): Promise<void> {
  if (await runner.hasColumn(table, name)) return;
  await runner.query(`ALTER TABLE ${table} ADD COLUMN ${name} ${type}`);
}

async function dropColumn(runner: QueryRunner, table: string, name: string): Promise<void> {
  if (await runner.hasColumn(table, name)) await runner.query(`ALTER TABLE ${table} DROP COLUMN ${name}`);
}

/** MySQL carries out its one statement whole or not at all; SQLite's are in the transaction of the migrations. */
async function replaceIndexes(
  runner: QueryRunner,
  dropped: Readonly<Record<string, NamedIndex>>,
  added: Readonly<Record<string, NamedIndex>>,
): Promise<void> {
  const dialect = dialectOf(runner);
  for (const [table, index] of Object.entries(added)) {
    const there = (await runner.getTable(table))?.indices.map(({ name }) => name) ?? [];
    const old = dropped[table]?.name ?? '';
    const kind = index.unique === true ? 'UNIQUE INDEX' : 'INDEX';
    const columns = indexColumns(dialect, index);
    if (dialect === 'mysql') {
      const changes = [
        ...(there.includes(old) ? [`DROP INDEX ${old}`] : []),
        ...(there.includes(index.name) ? [] : [`ADD ${kind} ${index.name} (${columns})`]),
      ];
      if (changes.length > 0) await runner.query(`ALTER TABLE ${table} ${changes.join(', ')}`);
    } else {
      await runner.query(`DROP INDEX IF EXISTS "${old}"`);
      await runner.query(`CREATE ${kind} IF NOT EXISTS "${index.name}" ON "${table}" (${columns})`);
    }
  }
}
