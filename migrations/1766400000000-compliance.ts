import type { MigrationInterface, QueryRunner } from 'typeorm';
import { columnTypes, createTable, dialectOf } from './tables-v1.ts';
import type { Dialect, TableDefinition } from './tables-v1.ts';

/** Of which resources a check could not tell, what each check said last, and how requirements stood with each scan. */
export class Compliance1766400000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const dialect = dialectOf(runner);
    const { number } = columnTypes(dialect);
    if (!(await runner.hasColumn('scout_findings', 'unknown_items'))) {
      await runner.query(`ALTER TABLE scout_findings ADD COLUMN unknown_items ${number} NOT NULL DEFAULT 0`);
    }
    for (const table of tables(dialect)) {
      for (const statement of createTable(dialect, table)) await runner.query(statement);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const { name } of tables(dialectOf(runner))) await runner.dropTable(name, true);
    if (await runner.hasColumn('scout_findings', 'unknown_items')) {
      await runner.query('ALTER TABLE scout_findings DROP COLUMN unknown_items');
    }
  }
}

function tables(dialect: Dialect): TableDefinition[] {
  const { number, text } = columnTypes(dialect);
  const ofScan = { organization_id: { type: text(64) }, scan_id: { type: number } };
  const scan = { column: 'scan_id', table: 'scout_scans' };
  return [
    {
      name: 'vedette_check_counts',
      columns: {
        organization_id: { type: text(64) },
        account_id: { type: text(64) },
        source: { type: text(32) },
        check_id: { type: text(255) },
        scan_id: { type: number },
        passed: { type: number },
        unknown: { type: number },
      },
      indexes: {
        idx_check_counts_check: { columns: ['organization_id', 'source', 'account_id', 'check_id'] },
        idx_check_counts_scan: { columns: ['scan_id'] },
      },
      foreignKeys: { fk_check_counts_scan: scan },
    },
    {
      name: 'compliance_scores',
      columns: {
        ...ofScan,
        framework: { type: text(64) },
        version: { type: text(64) },
        account_id: { type: text(64) },
        passed: { type: number },
        failed: { type: number },
        unknown: { type: number },
        not_applicable: { type: number },
        manual: { type: number },
        accepted: { type: number },
      },
      indexes: {
        idx_compliance_scores_account: {
          columns: ['organization_id', 'framework', 'account_id', 'scan_id'],
        },
        idx_compliance_scores_scan: { columns: ['scan_id'] },
      },
      foreignKeys: { fk_compliance_scores_scan: scan },
    },
    {
      name: 'compliance_requirements',
      columns: {
        ...ofScan,
        framework: { type: text(64) },
        requirement: { type: text(64) },
        state: { type: text(16) },
        passed: { type: number },
        failed: { type: number },
        unknown: { type: number },
        suppressed: { type: number },
      },
      indexes: {
        idx_compliance_requirements_scan: { columns: ['scan_id', 'framework', 'requirement'] },
      },
      foreignKeys: { fk_compliance_requirements_scan: scan },
    },
  ];
}
