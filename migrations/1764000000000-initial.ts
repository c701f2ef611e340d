import type { MigrationInterface, QueryRunner } from 'typeorm';
import { columnTypes, createTable, dialectOf } from './tables-v1.ts';
import type { Dialect, TableDefinition } from './tables-v1.ts';

/** The longest resource id and name that are kept as they are. */
const MAX_RESOURCE_TEXT = 2048;
/** Characters of a resource id or name that an index of MySQL holds. */
const INDEXED_TEXT = 255;

export class Initial1764000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const dialect = dialectOf(runner);
    for (const table of tables(dialect)) {
      for (const statement of createTable(dialect, table)) await runner.query(statement);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const name of ['scout_event_findings', 'scout_events', 'scout_findings', 'scout_scans']) {
      await runner.dropTable(name, true);
    }
  }
}

/**
 * A column that begins an index of several columns has none of its own: it would only cost time, and draw the optimiser
 * away from the one that the documented queries are meant to use.
 */
function tables(dialect: Dialect): TableDefinition[] {
  const { number, text, ascii, longText, json, time, flag } = columnTypes(dialect);
  const organization = { type: text(64), default: "'default'" };
  const counter = { type: number, default: '0' };
  const off = { type: flag, default: '0' };
  const on = { type: flag, default: '1' };

  return [
    {
      name: 'scout_scans',
      columns: {
        organization_id: organization,
        account_id: { type: text(64) },
        source: { type: text(32) },
        scan_time: { type: time },
        version: { type: text(255) },
        total_findings: counter,
        created_at: { type: time },
        run_id: { type: text(255), nullable: true },
        profile: { type: text(255), nullable: true },
        status: { type: text(16) },
        scope: { type: json },
        warnings: { type: json },
        results_sha256: { type: ascii(64) },
        flagged_findings: counter,
        events_total: counter,
        events_new: counter,
        events_still: counter,
        events_resolved: counter,
        events_reopened: counter,
        events_unverified: counter,
        unverified_reasons: { type: json },
        events_notified: counter,
        duration_ms: counter,
        completed_at: { type: time, nullable: true },
      },
      indexes: {
        uq_scout_scans_identity: {
          columns: ['organization_id', 'account_id', 'source', 'scan_time'],
          unique: true,
        },
        idx_account_scan_time: { columns: ['account_id', 'scan_time'] },
        idx_account_created: { columns: ['account_id', 'created_at'] },
        ix_scout_scans_scan_time: { columns: ['scan_time'] },
        ix_scout_scans_created_at: { columns: ['created_at'] },
        ix_scout_scans_run_id: { columns: ['run_id'] },
      },
    },
    {
      name: 'scout_findings',
      columns: {
        organization_id: organization,
        scan_id: { type: number },
        service: { type: text(64) },
        finding_id: { type: text(255) },
        level: { type: text(16) },
        source_level: { type: text(255) },
        flagged_items: counter,
        checked_items: counter,
        evaluated: on,
        title: { type: longText },
        description: { type: longText },
        rationale: { type: longText, nullable: true },
        remediation: { type: longText, nullable: true },
        reference_links: { type: json },
        compliance: { type: json },
      },
      indexes: {
        uq_scout_findings_check: { columns: ['scan_id', 'service', 'finding_id'], unique: true },
        idx_scan_service: { columns: ['scan_id', 'service'] },
        idx_service_level: { columns: ['service', 'level'] },
        idx_scan_level: { columns: ['scan_id', 'level'] },
        ix_scout_findings_finding_id: { columns: ['finding_id'] },
        ix_scout_findings_level: { columns: ['level'] },
      },
      foreignKeys: { fk_scout_findings_scan: { column: 'scan_id', table: 'scout_scans' } },
    },
    {
      name: 'scout_events',
      columns: {
        organization_id: organization,
        account_id: { type: text(64) },
        source: { type: text(32) },
        service: { type: text(64) },
        check_id: { type: text(255) },
        level: { type: text(16) },
        resource_id: { type: text(MAX_RESOURCE_TEXT) },
        resource_name: { type: text(MAX_RESOURCE_TEXT), nullable: true },
        resource_type: { type: text(255) },
        region: { type: text(64), nullable: true },
        item_path: { type: longText },
        details: { type: json },
        event_hash: { type: ascii(64) },
        first_seen: { type: time },
        last_seen: { type: time },
        resolved_at: { type: time, nullable: true },
        reopened_at: { type: time, nullable: true },
        times_reopened: counter,
        notified: off,
        last_scan_id: { type: number },
      },
      indexes: {
        uq_scout_events_identity: {
          columns: ['organization_id', 'account_id', 'source', 'event_hash'],
          unique: true,
        },
        idx_account_active: {
          columns: ['organization_id', 'account_id', 'source', 'resolved_at', 'last_seen'],
        },
        idx_resource_type_region: { columns: ['resource_type', 'region'] },
        idx_resolved_notified: { columns: ['resolved_at', 'notified'] },
        idx_last_seen_resolved: { columns: ['last_seen', 'resolved_at'] },
        idx_resource_id_type: {
          columns: ['resource_id', 'resource_type'],
          prefixes: { resource_id: INDEXED_TEXT },
        },
        ix_scout_events_event_hash: { columns: ['event_hash'] },
        ix_scout_events_resource_name: {
          columns: ['resource_name'],
          prefixes: { resource_name: INDEXED_TEXT },
        },
        ix_scout_events_region: { columns: ['region'] },
        ix_scout_events_first_seen: { columns: ['first_seen'] },
        ix_scout_events_notified: { columns: ['notified'] },
      },
    },
    {
      name: 'scout_event_findings',
      columns: {
        organization_id: organization,
        event_id: { type: number },
        finding_id: { type: number },
        scan_id: { type: number },
      },
      indexes: {
        idx_event_finding: { columns: ['event_id', 'finding_id'] },
        idx_scan_event: { columns: ['scan_id', 'event_id'] },
        idx_scan_finding: { columns: ['scan_id', 'finding_id'] },
        ix_scout_event_findings_finding_id: { columns: ['finding_id'] },
      },
      foreignKeys: {
        fk_scout_event_findings_event: { column: 'event_id', table: 'scout_events' },
        fk_scout_event_findings_finding: { column: 'finding_id', table: 'scout_findings' },
        fk_scout_event_findings_scan: { column: 'scan_id', table: 'scout_scans' },
      },
    },
  ];
}
