import type { MigrationInterface, QueryRunner } from 'typeorm';
import { columnTypes, createTable, dialectOf, indexColumns } from './tables-v1.ts';
import type { Dialect, TableDefinition, TableIndex } from './tables-v1.ts';

/** Where TypeORM keeps the expressions of generated columns. */
const METADATA_TABLE = 'vedette_metadata';
/** Characters of a resource's id that an index of MySQL can hold, and so put in order. */
const INDEXED_TEXT = 255;
/** Columns of events that follow from others. */
const EVENT_EXPRESSIONS = {
  status:
    "CASE WHEN resolved_at IS NOT NULL THEN 'resolved' WHEN suppression_id IS NOT NULL THEN 'suppressed' ELSE 'active' END",
  resource_start: `SUBSTR(resource_id, 1, ${INDEXED_TEXT})`,
} as const;

/** What the API and the dashboard need: suppression, counts, credentials, the audit log, and indexes for lists. */
export class Api1764600000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const dialect = dialectOf(runner);
    for (const table of tables(dialect)) {
      for (const statement of createTable(dialect, table)) await runner.query(statement);
    }
    await recordExpressions(runner, dialect);
    if (!(await runner.hasColumn('scout_events', 'status'))) {
      for (const statement of extendEvents(dialect)) await runner.query(statement);
    }
    await countEvents(runner);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of shrinkEvents(dialectOf(runner))) await runner.query(statement);
    for (const { name } of tables(dialectOf(runner)).toReversed()) await runner.dropTable(name, true);
  }
}

const EVENT_INDEXES: Readonly<Record<string, TableIndex>> = {
  idx_events_newest: { columns: ['organization_id', 'status', 'id'] },
  idx_events_level: { columns: ['organization_id', 'status', 'level', 'last_seen'] },
  idx_events_first_seen: { columns: ['organization_id', 'status', 'first_seen'] },
  idx_events_kind: {
    columns: [
      'organization_id',
      'account_id',
      'source',
      'service',
      'check_id',
      'level',
      'region',
      'status',
      'last_seen',
      'first_seen',
    ],
  },
  idx_events_resource: {
    columns: ['organization_id', 'service', 'resource_start', 'account_id', 'status'],
  },
};

/** MySQL rebuilds the table once for all of it; the statement is carried out whole or not at all. */
function extendEvents(dialect: Dialect): string[] {
  const { number, text } = columnTypes(dialect);
  const kind = dialect === 'mysql' ? 'STORED' : 'VIRTUAL';
  const columns = [
    `suppression_id ${number} NULL`,
    `status ${text(16)} GENERATED ALWAYS AS (${EVENT_EXPRESSIONS.status}) ${kind}`,
    `resource_start ${text(INDEXED_TEXT)} GENERATED ALWAYS AS (${EVENT_EXPRESSIONS.resource_start}) ${kind}`,
  ];
  const indexes = Object.entries(EVENT_INDEXES).map(
    ([name, index]) => [name, indexColumns(dialect, index)] as const,
  );
  if (dialect === 'mysql') {
    const changes = [
      ...columns.map((column) => `ADD COLUMN ${column}`),
      ...indexes.map(([name, parts]) => `ADD KEY ${name} (${parts})`),
    ];
    return [`ALTER TABLE scout_events ${changes.join(', ')}`];
  }
  return [
    ...columns.map((column) => `ALTER TABLE scout_events ADD COLUMN ${column}`),
    ...indexes.map(([name, parts]) => `CREATE INDEX "${name}" ON "scout_events" (${parts})`),
  ];
}

function shrinkEvents(dialect: Dialect): string[] {
  const indexes = Object.keys(EVENT_INDEXES);
  const columns = [...Object.keys(EVENT_EXPRESSIONS), 'suppression_id'].map((name) => `DROP COLUMN ${name}`);
  if (dialect === 'mysql') {
    const changes = [...indexes.map((name) => `DROP KEY ${name}`), ...columns];
    return [`ALTER TABLE scout_events ${changes.join(', ')}`];
  }
  return [
    ...indexes.map((name) => `DROP INDEX IF EXISTS "${name}"`),
    ...columns.map((column) => `ALTER TABLE scout_events ${column}`),
  ];
}

/** Those that are there already; later, each scan counts its own. */
async function countEvents(runner: QueryRunner): Promise<void> {
  await runner.query('DELETE FROM vedette_event_counts');
  const byCheck = 'check_id';
  const byRegion = "COALESCE(region, '')";
  for (const [grain, check, region] of [
    ['all', "''", "''"],
    ['check', byCheck, "''"],
    ['region', "''", byRegion],
    ['full', byCheck, byRegion],
  ] as const) {
    await runner.query(`
      INSERT INTO vedette_event_counts
        (grain, organization_id, account_id, source, service, level, status, check_id, region, events)
      SELECT
        '${grain}', organization_id, account_id, source, service, level, status, ${check}, ${region}, COUNT(*)
      FROM scout_events
      GROUP BY 2, 3, 4, 5, 6, 7, 8, 9`);
  }
}

/** TypeORM reads the expressions of generated columns here, for servers give them back in words of their own. */
async function recordExpressions(runner: QueryRunner, dialect: Dialect): Promise<void> {
  const quote = dialect === 'mysql' ? '`' : '"';
  const names = ['type', 'schema', 'table', 'name', 'value'].map((name) => quote + name + quote).join(', ');
  const database = dialect === 'mysql' ? String(runner.dataSource.options.database) : null;
  await runner.query(`DELETE FROM ${METADATA_TABLE}`);
  for (const [column, expression] of Object.entries(EVENT_EXPRESSIONS)) {
    await runner.query(`INSERT INTO ${METADATA_TABLE} (${names}) VALUES (?, ?, ?, ?, ?)`, [
      'GENERATED_COLUMN',
      database,
      'scout_events',
      column,
      expression,
    ]);
  }
}

function tables(dialect: Dialect): TableDefinition[] {
  const { number, text, ascii, longText, json, time } = columnTypes(dialect);
  const organization = { type: text(64) };
  const nullableTime = { type: time, nullable: true };
  const person = { type: text(255) };
  const nullablePerson = { ...person, nullable: true };

  return [
    {
      name: METADATA_TABLE,
      columns: {
        type: { type: text(255) },
        database: { type: text(255), nullable: true },
        schema: { type: text(255), nullable: true },
        table: { type: text(255), nullable: true },
        name: { type: text(255), nullable: true },
        value: { type: longText, nullable: true },
      },
      indexes: {},
    },
    {
      name: 'vedette_suppressions',
      columns: {
        organization_id: organization,
        reason: { type: longText },
        owner: nullablePerson,
        expires_at: nullableTime,
        created_at: { type: time },
        created_by: person,
        ended_at: nullableTime,
        ended_by: nullablePerson,
      },
      indexes: { idx_suppressions_due: { columns: ['ended_at', 'expires_at'] } },
    },
    {
      name: 'vedette_suppressed_events',
      columns: {
        organization_id: organization,
        suppression_id: { type: number },
        event_id: { type: number },
        ended_at: nullableTime,
        ended_by: nullablePerson,
      },
      indexes: {
        uq_suppressed_events: { columns: ['suppression_id', 'event_id'], unique: true },
        idx_suppressed_events_event: { columns: ['event_id'] },
      },
      foreignKeys: {
        fk_suppressed_events_suppression: { column: 'suppression_id', table: 'vedette_suppressions' },
        fk_suppressed_events_event: { column: 'event_id', table: 'scout_events' },
      },
    },
    {
      name: 'vedette_event_counts',
      columns: {
        organization_id: organization,
        grain: { type: text(16) },
        account_id: { type: text(64) },
        source: { type: text(32) },
        service: { type: text(64) },
        check_id: { type: text(255) },
        level: { type: text(16) },
        region: { type: text(64) },
        status: { type: text(16) },
        events: { type: number },
      },
      indexes: {
        // Not unique: with InnoDB, rows that are replaced would lock those of the accounts beside them.
        idx_event_counts_account: {
          columns: [
            'organization_id',
            'grain',
            'account_id',
            'source',
            'service',
            'check_id',
            'level',
            'region',
            'status',
          ],
        },
        idx_event_counts_check: {
          columns: [
            'organization_id',
            'grain',
            'check_id',
            'service',
            'level',
            'status',
            'account_id',
            'source',
            'region',
            'events',
          ],
        },
        idx_event_counts_region: {
          columns: [
            'organization_id',
            'grain',
            'region',
            'service',
            'level',
            'status',
            'account_id',
            'source',
            'events',
          ],
        },
      },
    },
    {
      name: 'vedette_credentials',
      columns: {
        organization_id: organization,
        kind: { type: text(16) },
        name: { type: text(255) },
        secret_sha256: { type: ascii(64) },
        scope: { type: text(16) },
        created_at: { type: time },
        created_by: person,
        expires_at: nullableTime,
        last_used_at: nullableTime,
        revoked_at: nullableTime,
      },
      indexes: {
        uq_credentials_secret: { columns: ['secret_sha256'], unique: true },
        idx_credentials_kind: { columns: ['organization_id', 'kind'] },
      },
    },
    {
      name: 'vedette_audit',
      columns: {
        organization_id: organization,
        at: { type: time },
        actor: person,
        action: { type: text(64) },
        target: { type: longText },
        details: { type: json },
        outcome: { type: text(32) },
      },
      indexes: { idx_audit_organization: { columns: ['organization_id', 'id'] } },
    },
  ];
}
