import type { MigrationInterface, QueryRunner } from 'typeorm';
import { columnTypes, dialectOf } from './tables-v1.ts';
import type { Dialect } from './tables-v1.ts';

const METADATA_TABLE = 'vedette_metadata';
const COLUMN = 'search_text';
const INDEX = 'idx_events_search';

/** The resource's id and, where it is another, its name. */
const ID_AND_NAME =
  "SUBSTR(resource_id, 1, 255), '\n', COALESCE(SUBSTR(NULLIF(resource_name, resource_id), 1, 255), '')";

interface Definition {
  expression: string;
  length: number;
}

const BEFORE: Definition = { expression: `LOWER(CONCAT(${ID_AND_NAME}))`, length: 511 };
/** With the resource's tags behind them, as key=value; as much as an index of MySQL holds beside the ids. */
const AFTER: Definition = {
  expression:
    `LOWER(SUBSTR(CONCAT(${ID_AND_NAME}, '\n', ` +
    `COALESCE(REPLACE(REPLACE(SUBSTR(CONCAT(JSON_EXTRACT(details, '$.tags'), ''), 2), '": "', '='), '":"', '='), '')), 1, 700))`,
  length: 700,
};

/** A search finds resources by their tags, too. */
export class SearchTags1767450000000 implements MigrationInterface {
  up(runner: QueryRunner): Promise<void> {
    return define(runner, AFTER);
  }

  down(runner: QueryRunner): Promise<void> {
    return define(runner, BEFORE);
  }
}

async function define(runner: QueryRunner, { expression, length }: Definition): Promise<void> {
  const dialect = dialectOf(runner);
  const type = columnTypes(dialect).text(length);
  if (dialect === 'mysql') {
    await runner.query(
      `ALTER TABLE scout_events MODIFY COLUMN ${COLUMN} ${type} GENERATED ALWAYS AS (${expression}) STORED`,
    );
  } else {
    await runner.query(`DROP INDEX IF EXISTS "${INDEX}"`);
    if (await runner.hasColumn('scout_events', COLUMN))
      await runner.query(`ALTER TABLE scout_events DROP COLUMN ${COLUMN}`);
    await runner.query(
      `ALTER TABLE scout_events ADD COLUMN ${COLUMN} ${type} GENERATED ALWAYS AS (${expression}) VIRTUAL`,
    );
    await runner.query(`CREATE INDEX "${INDEX}" ON "scout_events" (organization_id, id, ${COLUMN})`);
  }
  await recordExpression(runner, dialect, expression);
}

/** TypeORM reads the expressions of generated columns here. */
async function recordExpression(runner: QueryRunner, dialect: Dialect, expression: string): Promise<void> {
  const quote = dialect === 'mysql' ? '`' : '"';
  const [name, value] = ['name', 'value'].map((column) => quote + column + quote);
  await runner.query(`UPDATE ${METADATA_TABLE} SET ${value} = ? WHERE ${name} = ?`, [expression, COLUMN]);
}
