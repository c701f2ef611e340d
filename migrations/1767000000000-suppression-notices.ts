import type { MigrationInterface, QueryRunner } from 'typeorm';
import { columnTypes, dialectOf } from './tables-v1.ts';

const TABLE = 'vedette_suppressions';

/** Rules by a tag, and when people were told that a suppression is about to end. */
export class SuppressionNotices1767000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const { text, time } = columnTypes(dialectOf(runner));
    await addColumn(runner, 'rule_tag', text(512));
    await addColumn(runner, 'end_told_at', time);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const name of ['end_told_at', 'rule_tag']) {
      if (await runner.hasColumn(TABLE, name)) await runner.query(`ALTER TABLE ${TABLE} DROP COLUMN ${name}`);
    }
  }
}

async function addColumn(runner: QueryRunner, name: string, type: string): Promise<void> {
  if (await runner.hasColumn(TABLE, name)) return;
  await runner.query(`ALTER TABLE ${TABLE} ADD COLUMN ${name} ${type} NULL`);
}
