import type { MigrationInterface, QueryRunner } from 'typeorm';

const MYSQL = [
  `CREATE TABLE IF NOT EXISTS vedette_accounts (
    id int NOT NULL AUTO_INCREMENT,
    organization_id varchar(64) COLLATE utf8mb4_bin NOT NULL,
    name varchar(64) COLLATE utf8mb4_bin NOT NULL,
    kind varchar(16) COLLATE utf8mb4_bin NOT NULL,
    account_id varchar(64) COLLATE utf8mb4_bin NOT NULL,
    role_arn varchar(1024) COLLATE ascii_bin NOT NULL,
    external_id varchar(64) COLLATE ascii_bin NOT NULL,
    base_profile varchar(255) COLLATE utf8mb4_bin NULL,
    created_at datetime(3) NOT NULL,
    created_by varchar(255) COLLATE utf8mb4_bin NOT NULL,
    checked_at datetime(3) NULL,
    problem json NULL,
    PRIMARY KEY (id),
    UNIQUE KEY uq_accounts_name (organization_id, name)
  ) ENGINE=InnoDB ROW_FORMAT=DYNAMIC DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin`,
];

const SQLITE = [
  `CREATE TABLE IF NOT EXISTS "vedette_accounts" (
    "id" integer PRIMARY KEY AUTOINCREMENT NOT NULL,
    "organization_id" varchar(64) NOT NULL,
    "name" varchar(64) NOT NULL,
    "kind" varchar(16) NOT NULL,
    "account_id" varchar(64) NOT NULL,
    "role_arn" varchar(1024) NOT NULL,
    "external_id" varchar(64) NOT NULL,
    "base_profile" varchar(255) NULL,
    "created_at" datetime(3) NOT NULL,
    "created_by" varchar(255) NOT NULL,
    "checked_at" datetime(3) NULL,
    "problem" json NULL
  )`,
  `CREATE UNIQUE INDEX IF NOT EXISTS "uq_accounts_name" ON "vedette_accounts" ("organization_id", "name")`,
];

/** Accounts that are entered by a role, beside those of the AWS configuration. */
export class Accounts1765200000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const statements = runner.dataSource.options.type === 'better-sqlite3' ? SQLITE : MYSQL;
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('vedette_accounts', true);
  }
}
