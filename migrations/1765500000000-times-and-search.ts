import type { MigrationInterface, QueryRunner } from 'typeorm';
import { columnTypes, dialectOf } from './tables-v1.ts';
import type { Dialect } from './tables-v1.ts';

const METADATA_TABLE = 'vedette_metadata';
const COLUMN = 'search_text';
/** The resource's id and, where it is another, its name; in small letters, as far as an index of MySQL holds them. */
const EXPRESSION =
  "LOWER(CONCAT(SUBSTR(resource_id, 1, 255), '\n', COALESCE(SUBSTR(NULLIF(resource_name, resource_id), 1, 255), '')))";
const LENGTH = 511;

const INDEXES: Readonly<Record<string, string>> = {
  idx_events_resolved: 'organization_id, status, resolved_at',
  idx_events_reopened: 'organization_id, status, reopened_at',
  // In the order in which events come, so that storing them only ever adds to its end.
  idx_events_search: `organization_id, id, ${COLUMN}`,
};

/** Lists by when events were resolved or reopened, and a search for any part of what a resource is called. */
export class TimesAndSearch1765500000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const dialect = dialectOf(runner);
    await recordExpression(runner, dialect);
    if (await runner.hasColumn('scout_events', COLUMN)) return;
    for (const statement of extendEvents(dialect)) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of shrinkEvents(dialectOf(runner))) await runner.query(statement);
    await runner.query(`DELETE FROM ${METADATA_TABLE} WHERE name = ?`, [COLUMN]);
  }
}

/** MySQL rebuilds the table once for all of it; the statement is carried out whole or not at all. */
function extendEvents(dialect: Dialect): string[] {
  const kind = dialect === 'mysql' ? 'STORED' : 'VIRTUAL';
  const column = `${COLUMN} ${columnTypes(dialect).text(LENGTH)} GENERATED ALWAYS AS (${EXPRESSION}) ${kind}`;
  const indexes = Object.entries(INDEXES);
  if (dialect === 'mysql') {
    const keys = indexes.map(([name, columns]) => `ADD KEY ${name} (${columns})`);
    return [`ALTER TABLE scout_events ${[`ADD COLUMN ${column}`, ...keys].join(', ')}`];
  }
  return [
    `ALTER TABLE scout_events ADD COLUMN ${column}`,
    ...indexes.map(
      ([name, columns]) => `CREATE INDEX IF NOT EXISTS "${name}" ON "scout_events" (${columns})`,
    ),
  ];
}

function shrinkEvents(dialect: Dialect): string[] {
  const names = Object.keys(INDEXES);
  if (dialect === 'mysql') {
    const keys = names.map((name) => `DROP KEY ${name}`);
    return [`ALTER TABLE scout_events ${[...keys, `DROP COLUMN ${COLUMN}`].join(', ')}`];
  }
  return [
    ...names.map((name) => `DROP INDEX IF EXISTS "${name}"`),
    `ALTER TABLE scout_events DROP COLUMN ${COLUMN}`,
  ];
}

/** TypeORM reads the expressions of generated columns here. */
async function recordExpression(runner: QueryRunner, dialect: Dialect): Promise<void> {
  const quote = dialect === 'mysql' ? '`' : '"';
  const names = ['type', 'schema', 'table', 'name', 'value'].map((name) => quote + name + quote).join(', ');
  const database = dialect === 'mysql' ? String(runner.dataSource.options.database) : null;
  await runner.query(`DELETE FROM ${METADATA_TABLE} WHERE name = ?`, [COLUMN]);
  await runner.query(`INSERT INTO ${METADATA_TABLE} (${names}) VALUES (?, ?, ?, ?, ?)`, [
    'GENERATED_COLUMN',
    database,
    'scout_events',
    COLUMN,
    EXPRESSION,
  ]);
}
