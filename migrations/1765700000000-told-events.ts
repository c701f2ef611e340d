import type { MigrationInterface, QueryRunner } from 'typeorm';

const MYSQL = [
  `CREATE TABLE IF NOT EXISTS vedette_told_events (
    id int NOT NULL AUTO_INCREMENT,
    organization_id varchar(64) COLLATE utf8mb4_bin NOT NULL,
    event_id int NOT NULL,
    channel varchar(16) COLLATE ascii_bin NOT NULL,
    times_reopened int NOT NULL,
    PRIMARY KEY (id),
    UNIQUE KEY uq_told_events_channel (event_id, channel),
    CONSTRAINT fk_told_events_event FOREIGN KEY (event_id) REFERENCES scout_events (id)
      ON DELETE CASCADE ON UPDATE NO ACTION
  ) ENGINE=InnoDB ROW_FORMAT=DYNAMIC DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin`,
];

const SQLITE = [
  `CREATE TABLE IF NOT EXISTS "vedette_told_events" (${[
    '"id" integer PRIMARY KEY AUTOINCREMENT NOT NULL',
    '"organization_id" varchar(64) NOT NULL',
    '"event_id" integer NOT NULL',
    '"channel" varchar(16) NOT NULL',
    '"times_reopened" integer NOT NULL',
    'CONSTRAINT "fk_told_events_event" FOREIGN KEY ("event_id") REFERENCES "scout_events" ("id") ' +
      'ON DELETE CASCADE ON UPDATE NO ACTION',
  ].join(', ')})`,
  'CREATE UNIQUE INDEX IF NOT EXISTS "uq_told_events_channel" ON "vedette_told_events" ("event_id", "channel")',
];

/** Events that some channels have told of, while others still have to. */
export class ToldEvents1765700000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const statements = runner.dataSource.options.type === 'better-sqlite3' ? SQLITE : MYSQL;
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('vedette_told_events', true);
  }
}
