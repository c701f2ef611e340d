import { EntitySchema } from 'typeorm';
import type { EntitySchemaColumnOptions, EntitySchemaIndexOptions, EntitySchemaOptions } from 'typeorm';
import { columnTypes, MAX_RESOURCE_TEXT } from './column-types.ts';
import type { Dialect } from './column-types.ts';

type ForeignKeyOptions = NonNullable<EntitySchemaOptions<object>['foreignKeys']>[number];

/**
 * The tables as TypeORM knows them; property names are the column names. They describe the schema that the migrations
 * must arrive at; rows are read and written set by set, in SQL.
 */
export function entities(dialect: Dialect): EntitySchema[] {
  const { number, text, ascii, longText, json, time, flag } = columnTypes(dialect);
  const id: EntitySchemaColumnOptions = { ...number, primary: true, generated: 'increment' };
  const organization_id: EntitySchemaColumnOptions = { ...text(64), default: 'default' };
  const counter: EntitySchemaColumnOptions = { ...number, default: 0 };
  const nullable = { nullable: true };

  return [
    new EntitySchema({
      name: 'scout_scans',
      columns: {
        id,
        organization_id,
        account_id: text(64),
        source: text(32),
        scan_time: time,
        version: text(255),
        total_findings: counter,
        created_at: time,
        run_id: { ...text(255), ...nullable },
        profile: { ...text(255), ...nullable },
        status: text(16),
        scope: json,
        warnings: json,
        results_sha256: ascii(64),
        flagged_findings: counter,
        events_total: counter,
        events_new: counter,
        events_still: counter,
        events_resolved: counter,
        events_reopened: counter,
        events_unverified: counter,
        unverified_reasons: json,
        events_notified: counter,
        duration_ms: counter,
        completed_at: { ...time, ...nullable },
      },
      indices: [
        unique('uq_scout_scans_identity', 'organization_id', 'account_id', 'source', 'scan_time'),
        index('idx_account_scan_time', 'account_id', 'scan_time'),
        index('idx_account_created', 'account_id', 'created_at'),
        ...single('scout_scans', 'scan_time', 'created_at', 'run_id'),
      ],
    }),
    new EntitySchema({
      name: 'scout_findings',
      columns: {
        id,
        organization_id,
        scan_id: number,
        service: text(64),
        finding_id: text(255),
        level: text(16),
        source_level: text(255),
        flagged_items: counter,
        checked_items: counter,
        evaluated: { ...flag, default: 1 },
        title: longText,
        description: longText,
        rationale: { ...longText, ...nullable },
        remediation: { ...longText, ...nullable },
        reference_links: json,
        compliance: json,
      },
      indices: [
        unique('uq_scout_findings_check', 'scan_id', 'service', 'finding_id'),
        index('idx_scan_service', 'scan_id', 'service'),
        index('idx_service_level', 'service', 'level'),
        index('idx_scan_level', 'scan_id', 'level'),
        ...single('scout_findings', 'finding_id', 'level'),
      ],
      foreignKeys: [foreignKey('fk_scout_findings_scan', 'scan_id', 'scout_scans')],
    }),
    new EntitySchema({
      name: 'scout_events',
      columns: {
        id,
        organization_id,
        account_id: text(64),
        source: text(32),
        service: text(64),
        check_id: text(255),
        level: text(16),
        resource_id: text(MAX_RESOURCE_TEXT),
        resource_name: { ...text(MAX_RESOURCE_TEXT), ...nullable },
        resource_type: text(255),
        region: { ...text(64), ...nullable },
        item_path: longText,
        details: json,
        event_hash: ascii(64),
        first_seen: time,
        last_seen: time,
        resolved_at: { ...time, ...nullable },
        reopened_at: { ...time, ...nullable },
        times_reopened: counter,
        notified: { ...flag, default: 0 },
        last_scan_id: number,
      },
      indices: [
        unique('uq_scout_events_identity', 'organization_id', 'account_id', 'source', 'event_hash'),
        index('idx_account_active', 'organization_id', 'account_id', 'source', 'resolved_at', 'last_seen'),
        index('idx_resource_type_region', 'resource_type', 'region'),
        index('idx_resolved_notified', 'resolved_at', 'notified'),
        index('idx_last_seen_resolved', 'last_seen', 'resolved_at'),
        index('idx_resource_id_type', 'resource_id', 'resource_type'),
        ...single('scout_events', 'event_hash', 'resource_name', 'region', 'first_seen', 'notified'),
      ],
    }),
    new EntitySchema({
      name: 'scout_event_findings',
      columns: { id, organization_id, event_id: number, finding_id: number, scan_id: number },
      indices: [
        index('idx_event_finding', 'event_id', 'finding_id'),
        index('idx_scan_event', 'scan_id', 'event_id'),
        index('idx_scan_finding', 'scan_id', 'finding_id'),
        ...single('scout_event_findings', 'finding_id'),
      ],
      foreignKeys: [
        foreignKey('fk_scout_event_findings_event', 'event_id', 'scout_events'),
        foreignKey('fk_scout_event_findings_finding', 'finding_id', 'scout_findings'),
        foreignKey('fk_scout_event_findings_scan', 'scan_id', 'scout_scans'),
      ],
    }),
  ];
}

function index(name: string, ...columns: string[]): EntitySchemaIndexOptions {
  return { name, columns };
}

function unique(name: string, ...columns: string[]): EntitySchemaIndexOptions {
  return { name, columns, unique: true };
}

function single(table: string, ...columns: string[]): EntitySchemaIndexOptions[] {
  return columns.map((column) => index(`ix_${table}_${column}`, column));
}

function foreignKey(name: string, column: string, target: string): ForeignKeyOptions {
  return {
    name,
    target,
    columnNames: [column],
    referencedColumnNames: ['id'],
    onDelete: 'CASCADE',
    onUpdate: 'NO ACTION',
  };
}
