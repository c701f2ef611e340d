import type { MigrationInterface, QueryRunner } from 'typeorm';
import { columnTypes, createTable, dialectOf } from './tables-v1.ts';
import type { Dialect, TableDefinition } from './tables-v1.ts';

/** Scans that have failed since the last one that went through. */
export class ScanFailures1765800000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const dialect = dialectOf(runner);
    for (const statement of createTable(dialect, scanFailures(dialect))) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('vedette_scan_failures', true);
  }
}

function scanFailures(dialect: Dialect): TableDefinition {
  const { number, text, json, time } = columnTypes(dialect);
  return {
    name: 'vedette_scan_failures',
    columns: {
      organization_id: { type: text(64) },
      target_kind: { type: text(16) },
      target_name: { type: text(255) },
      source: { type: text(32) },
      run_id: { type: text(255) },
      stage: { type: text(16) },
      failure: { type: json },
      times: { type: number },
      first_failed_at: { type: time },
      last_failed_at: { type: time },
    },
    indexes: {
      uq_scan_failures_target: {
        columns: ['organization_id', 'target_kind', 'target_name', 'source'],
        unique: true,
      },
    },
  };
}
