import { randomUUID } from 'node:crypto';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { columnTypes, createTable, dialectOf } from './tables-v1.ts';
import type { Dialect, TableDefinition } from './tables-v1.ts';

/** Where an organisation that nobody has entered may have left something. */
const KNOWN_BY = ['scout_scans', 'vedette_credentials', 'vedette_accounts', 's3_jobs', 'vedette_audit'];

/** The organisations of the installation, with what they have set for themselves, and the plans of those that have one. */
export class Organizations1766900000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const dialect = dialectOf(runner);
    for (const table of [organizations(dialect), settings(dialect)]) {
      for (const statement of createTable(dialect, table)) await runner.query(statement);
    }
    await fill(runner);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['vedette_organization_settings', 'vedette_organizations']) {
      await runner.dropTable(table, true);
    }
  }
}

/** Those that the tables speak of, each with the external id that its accounts have. */
async function fill(runner: QueryRunner): Promise<void> {
  const told = KNOWN_BY.map((table) => `SELECT organization_id FROM ${table}`).join(' UNION ');
  const rows = (await runner.query(
    `SELECT DISTINCT told.organization_id AS id,
        (SELECT MIN(external_id) FROM vedette_accounts
          WHERE vedette_accounts.organization_id = told.organization_id) AS external_id
      FROM (${told}) told
      WHERE told.organization_id <> ''
        AND told.organization_id NOT IN (SELECT organization_id FROM vedette_organizations)`,
  )) as { id: string; external_id: string | null }[];
  const now = new Date().toISOString().slice(0, 23).replace('T', ' ');
  for (const { id, external_id: externalId } of rows) {
    await runner.query(
      `INSERT INTO vedette_organizations (organization_id, name, external_id, created_at, created_by)
        VALUES (?, ?, ?, ?, ?)`,
      [id, id, externalId ?? randomUUID(), now, 'migration'],
    );
  }
}

function organizations(dialect: Dialect): TableDefinition {
  const { text, ascii, time } = columnTypes(dialect);
  return {
    name: 'vedette_organizations',
    columns: {
      organization_id: { type: text(64) },
      name: { type: text(100) },
      external_id: { type: ascii(64) },
      created_at: { type: time },
      created_by: { type: text(255) },
      deleted_at: { type: time, nullable: true },
    },
    indexes: {
      uq_organizations_organization: { columns: ['organization_id'], unique: true },
      uq_organizations_external: { columns: ['external_id'], unique: true },
    },
  };
}

function settings(dialect: Dialect): TableDefinition {
  const { text, json, time } = columnTypes(dialect);
  return {
    name: 'vedette_organization_settings',
    columns: {
      organization_id: { type: text(64) },
      name: { type: text(64) },
      value: { type: json },
      updated_at: { type: time },
      updated_by: { type: text(255) },
    },
    indexes: {
      uq_organization_settings: { columns: ['organization_id', 'name'], unique: true },
    },
  };
}
