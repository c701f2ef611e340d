import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLE = 'vedette_suppressions';
const COLUMNS = {
  kind: "varchar(32) NOT NULL DEFAULT 'accepted-risk'",
  rule_check_id: 'varchar(255) NULL',
  rule_account_id: 'varchar(64) NULL',
  rule_resource: 'varchar(1024) NULL',
} as const;

/** What kind a suppression is, and what a rule meets. */
export class SuppressionRules1765900000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const [name, definition] of Object.entries(COLUMNS)) {
      if (await runner.hasColumn(TABLE, name)) continue;
      await runner.query(`ALTER TABLE ${TABLE} ADD COLUMN ${name} ${definition}`);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const name of Object.keys(COLUMNS).toReversed()) {
      if (await runner.hasColumn(TABLE, name)) await runner.query(`ALTER TABLE ${TABLE} DROP COLUMN ${name}`);
    }
  }
}
