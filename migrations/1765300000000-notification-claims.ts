import type { MigrationInterface, QueryRunner } from 'typeorm';

const MYSQL = [
  `CREATE TABLE IF NOT EXISTS vedette_notification_claims (
    id int NOT NULL AUTO_INCREMENT,
    organization_id varchar(64) COLLATE utf8mb4_bin NOT NULL,
    account_id varchar(64) COLLATE utf8mb4_bin NOT NULL,
    source varchar(32) COLLATE utf8mb4_bin NOT NULL,
    scan_id int NOT NULL,
    holder varchar(36) COLLATE ascii_bin NOT NULL,
    renewals int NOT NULL,
    PRIMARY KEY (id),
    UNIQUE KEY uq_notification_claims_account (organization_id, account_id, source)
  ) ENGINE=InnoDB ROW_FORMAT=DYNAMIC DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin`,
];

const SQLITE = [
  `CREATE TABLE IF NOT EXISTS "vedette_notification_claims" (${[
    '"id" integer PRIMARY KEY AUTOINCREMENT NOT NULL',
    '"organization_id" varchar(64) NOT NULL',
    '"account_id" varchar(64) NOT NULL',
    '"source" varchar(32) NOT NULL',
    '"scan_id" integer NOT NULL',
    '"holder" varchar(36) NOT NULL',
    '"renewals" integer NOT NULL',
  ].join(', ')})`,
  'CREATE UNIQUE INDEX IF NOT EXISTS "uq_notification_claims_account" ON "vedette_notification_claims" ' +
    '("organization_id", "account_id", "source")',
];

/** Who is telling of an account's events right now. */
export class NotificationClaims1765300000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const statements = runner.dataSource.options.type === 'better-sqlite3' ? SQLITE : MYSQL;
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('vedette_notification_claims', true);
  }
}
