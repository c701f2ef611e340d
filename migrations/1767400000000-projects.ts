import type { MigrationInterface, QueryRunner } from 'typeorm';
import { columnTypes, createTable, dialectOf } from './tables-v1.ts';
import type { Dialect, TableDefinition } from './tables-v1.ts';

/** Projects of Google Cloud, beside the accounts of AWS. */
export class Projects1767400000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const dialect = dialectOf(runner);
    for (const statement of createTable(dialect, projects(dialect))) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('vedette_projects', true);
  }
}

function projects(dialect: Dialect): TableDefinition {
  const { text, json, time } = columnTypes(dialect);
  return {
    name: 'vedette_projects',
    columns: {
      organization_id: { type: text(64) },
      name: { type: text(64) },
      project_id: { type: text(64) },
      service_account: { type: text(255), nullable: true },
      created_at: { type: time },
      created_by: { type: text(255) },
      checked_at: { type: time, nullable: true },
      problem: { type: json, nullable: true },
    },
    indexes: { uq_projects_name: { columns: ['organization_id', 'name'], unique: true } },
  };
}
