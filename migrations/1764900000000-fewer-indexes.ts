import type { MigrationInterface, QueryRunner } from 'typeorm';
import { dialectOf, indexColumns } from './tables-v1.ts';
import type { TableIndex } from './tables-v1.ts';

const KEY = ['organization_id', 'account_id', 'source'];

const BEFORE: Readonly<Record<string, TableIndex>> = {
  uq_scout_events_identity: { columns: [...KEY, 'event_hash'], unique: true },
  ix_scout_events_event_hash: { columns: ['event_hash'] },
  idx_account_active: { columns: [...KEY, 'resolved_at', 'last_seen'] },
};

const AFTER: Readonly<Record<string, TableIndex>> = {
  uq_scout_events_identity: { columns: ['event_hash', ...KEY], unique: true },
};

/** Every scan pays for every index of the events: one in the order of hashes is enough, and one by account. */
export class FewerIndexes1764900000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await replaceIndexes(runner, AFTER);
  }

  async down(runner: QueryRunner): Promise<void> {
    await replaceIndexes(runner, BEFORE);
  }
}

/** MySQL carries out its one statement whole or not at all; SQLite's are in the transaction of the migrations. */
async function replaceIndexes(
  runner: QueryRunner,
  wanted: Readonly<Record<string, TableIndex>>,
): Promise<void> {
  const dialect = dialectOf(runner);
  const there = (await runner.getTable('scout_events'))?.indices.map(({ name }) => name) ?? [];
  const dropped = Object.keys(BEFORE).filter((name) => there.includes(name));
  const added = Object.entries(wanted).map(([name, index]) => ({
    name,
    kind: index.unique === true ? 'UNIQUE INDEX' : 'INDEX',
    columns: indexColumns(dialect, index),
  }));
  if (dialect === 'mysql') {
    const changes = [
      ...dropped.map((name) => `DROP INDEX ${name}`),
      ...added.map(({ name, kind, columns }) => `ADD ${kind} ${name} (${columns})`),
    ];
    await runner.query(`ALTER TABLE scout_events ${changes.join(', ')}`);
    return;
  }
  for (const name of dropped) await runner.query(`DROP INDEX "${name}"`);
  for (const { name, kind, columns } of added) {
    await runner.query(`CREATE ${kind} "${name}" ON "scout_events" (${columns})`);
  }
}
