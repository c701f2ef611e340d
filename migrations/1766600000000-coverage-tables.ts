import type { MigrationInterface, QueryRunner } from 'typeorm';
import { columnTypes, createTable, dialectOf } from './tables-v1.ts';
import type { Dialect, TableDefinition } from './tables-v1.ts';

/** What scans say of detection coverage, and what people have corrected. */
export class CoverageTables1766600000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const dialect = dialectOf(runner);
    for (const table of [scans(dialect), detections(dialect), corrections(dialect)]) {
      for (const statement of createTable(dialect, table)) await runner.query(statement);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['coverage_corrections', 'coverage_detections', 'coverage_scans']) {
      await runner.dropTable(table, true);
    }
  }
}

function scans(dialect: Dialect): TableDefinition {
  const { number, text, json, time } = columnTypes(dialect);
  return {
    name: 'coverage_scans',
    columns: {
      organization_id: { type: text(64) },
      account_id: { type: text(64) },
      scan_id: { type: number },
      scan_time: { type: time },
      provider: { type: text(16) },
      attack_version: { type: text(16) },
      services_in_use: { type: json },
      services_unknown: { type: json },
      unseen: { type: json },
      figures: { type: json },
    },
    indexes: {
      uq_coverage_scans_scan: { columns: ['scan_id'], unique: true },
      idx_coverage_scans_account: { columns: ['organization_id', 'account_id', 'scan_time'] },
    },
    foreignKeys: { fk_coverage_scans_scan: { column: 'scan_id', table: 'scout_scans' } },
  };
}

function detections(dialect: Dialect): TableDefinition {
  const { number, text, ascii, longText, json, flag } = columnTypes(dialect);
  return {
    name: 'coverage_detections',
    columns: {
      organization_id: { type: text(64) },
      scan_id: { type: number },
      detection_sha256: { type: ascii(64) },
      detection_id: { type: longText },
      kind: { type: text(32) },
      name: { type: text(1024) },
      region: { type: text(64), nullable: true },
      health: { type: text(16) },
      is_posture: { type: flag },
      reasons: { type: json },
      sees: { type: json },
      target_services: { type: json },
      techniques: { type: json },
    },
    indexes: {
      uq_coverage_detections_scan: { columns: ['scan_id', 'detection_sha256'], unique: true },
    },
    foreignKeys: { fk_coverage_detections_scan: { column: 'scan_id', table: 'scout_scans' } },
  };
}

function corrections(dialect: Dialect): TableDefinition {
  const { text, ascii, longText, time, flag } = columnTypes(dialect);
  return {
    name: 'coverage_corrections',
    columns: {
      organization_id: { type: text(64) },
      detection_sha256: { type: ascii(64) },
      detection_id: { type: longText },
      technique_id: { type: text(16) },
      covers: { type: flag },
      reason: { type: longText },
      created_by: { type: text(255) },
      created_at: { type: time },
    },
    indexes: {
      uq_coverage_corrections: {
        columns: ['organization_id', 'detection_sha256', 'technique_id'],
        unique: true,
      },
    },
  };
}
