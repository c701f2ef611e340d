import type { EntitySchemaColumnOptions, EntitySchemaIndexOptions, EntitySchemaOptions } from 'typeorm';
import { EntitySchema } from 'typeorm/entity-schema/EntitySchema.js';
import { columnTypes, EVENT_EXPRESSIONS, INDEXED_TEXT, MAX_RESOURCE_TEXT } from './column-types.ts';
import type { ColumnType, Dialect } from './column-types.ts';

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
        content_sha256: { ...ascii(64), default: '' },
      },
      indices: [
        unique(
          'uq_scout_scans_content',
          'organization_id',
          'account_id',
          'source',
          'scan_time',
          'content_sha256',
        ),
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
        unknown_items: counter,
        evaluated: { ...flag, default: 1 },
        title: longText,
        description: longText,
        rationale: { ...longText, ...nullable },
        remediation: { ...longText, ...nullable },
        reference_links: json,
        compliance: json,
      },
      indices: [
        index('idx_findings_check', 'scan_id', 'service', 'finding_id'),
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
        suppression_id: { ...number, ...nullable },
        raised_from: { ...text(16), ...nullable },
        ended_because: { ...text(64), ...nullable },
        status: generated(dialect, text(16), EVENT_EXPRESSIONS.status),
        resource_start: generated(dialect, text(INDEXED_TEXT), EVENT_EXPRESSIONS.resource_start),
        search_text: generated(dialect, text(2 * INDEXED_TEXT + 1), EVENT_EXPRESSIONS.search_text),
      },
      indices: [
        unique('uq_scout_events_identity', 'event_hash', 'organization_id', 'account_id', 'source'),
        index('idx_resource_type_region', 'resource_type', 'region'),
        index('idx_resolved_notified', 'resolved_at', 'notified'),
        index('idx_last_seen_resolved', 'last_seen', 'resolved_at'),
        index('idx_resource_id_type', 'resource_id', 'resource_type'),
        ...single('scout_events', 'resource_name', 'region', 'first_seen', 'notified'),
        index('idx_events_newest', 'organization_id', 'status', 'id'),
        index('idx_events_level', 'organization_id', 'status', 'level', 'last_seen'),
        index('idx_events_first_seen', 'organization_id', 'status', 'first_seen'),
        index(
          'idx_events_kind',
          'organization_id',
          'account_id',
          'source',
          'service',
          'check_id',
          'level',
          'region',
          'status',
          'last_seen',
          'first_seen',
        ),
        index('idx_events_resource', 'organization_id', 'service', 'resource_start', 'account_id', 'status'),
        index('idx_events_resolved', 'organization_id', 'status', 'resolved_at'),
        index('idx_events_reopened', 'organization_id', 'status', 'reopened_at'),
        index('idx_events_search', 'organization_id', 'id', 'search_text'),
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
    new EntitySchema({
      name: 'vedette_suppressions',
      columns: {
        id,
        organization_id: text(64),
        kind: { ...text(32), default: 'accepted-risk' },
        reason: longText,
        owner: { ...text(255), ...nullable },
        expires_at: { ...time, ...nullable },
        created_at: time,
        created_by: text(255),
        ended_at: { ...time, ...nullable },
        ended_by: { ...text(255), ...nullable },
        rule_check_id: { ...text(255), ...nullable },
        rule_account_id: { ...text(64), ...nullable },
        rule_resource: { ...text(1024), ...nullable },
      },
      indices: [index('idx_suppressions_due', 'ended_at', 'expires_at')],
    }),
    new EntitySchema({
      name: 'vedette_suppressed_events',
      columns: {
        id,
        organization_id: text(64),
        suppression_id: number,
        event_id: number,
        ended_at: { ...time, ...nullable },
        ended_by: { ...text(255), ...nullable },
      },
      indices: [
        unique('uq_suppressed_events', 'suppression_id', 'event_id'),
        index('idx_suppressed_events_event', 'event_id'),
      ],
      foreignKeys: [
        foreignKey('fk_suppressed_events_suppression', 'suppression_id', 'vedette_suppressions'),
        foreignKey('fk_suppressed_events_event', 'event_id', 'scout_events'),
      ],
    }),
    new EntitySchema({
      name: 'vedette_event_counts',
      columns: {
        id,
        organization_id: text(64),
        grain: text(16),
        account_id: text(64),
        source: text(32),
        service: text(64),
        check_id: text(255),
        level: text(16),
        region: text(64),
        status: text(16),
        events: number,
      },
      indices: [
        index(
          'idx_event_counts_account',
          'organization_id',
          'grain',
          'account_id',
          'source',
          'service',
          'check_id',
          'level',
          'region',
          'status',
        ),
        index(
          'idx_event_counts_check',
          'organization_id',
          'grain',
          'check_id',
          'service',
          'level',
          'status',
          'account_id',
          'source',
          'region',
          'events',
        ),
        index(
          'idx_event_counts_region',
          'organization_id',
          'grain',
          'region',
          'service',
          'level',
          'status',
          'account_id',
          'source',
          'events',
        ),
      ],
    }),
    new EntitySchema({
      name: 'vedette_notification_claims',
      columns: {
        id,
        organization_id: text(64),
        account_id: text(64),
        source: text(32),
        scan_id: number,
        holder: ascii(36),
        renewals: number,
      },
      indices: [unique('uq_notification_claims_account', 'organization_id', 'account_id', 'source')],
    }),
    new EntitySchema({
      name: 'vedette_told_events',
      columns: {
        id,
        organization_id: text(64),
        event_id: number,
        channel: ascii(16),
        times_reopened: number,
      },
      indices: [unique('uq_told_events_channel', 'event_id', 'channel')],
      foreignKeys: [foreignKey('fk_told_events_event', 'event_id', 'scout_events')],
    }),
    new EntitySchema({
      name: 'vedette_scan_failures',
      columns: {
        id,
        organization_id: text(64),
        target_kind: text(16),
        target_name: text(255),
        source: text(32),
        run_id: text(255),
        stage: text(16),
        failure: json,
        times: number,
        first_failed_at: time,
        last_failed_at: time,
      },
      indices: [unique('uq_scan_failures_target', 'organization_id', 'target_kind', 'target_name', 'source')],
    }),
    new EntitySchema({
      name: 'vedette_credentials',
      columns: {
        id,
        organization_id: text(64),
        kind: text(16),
        name: text(255),
        secret_sha256: ascii(64),
        scope: text(16),
        created_at: time,
        created_by: text(255),
        expires_at: { ...time, ...nullable },
        last_used_at: { ...time, ...nullable },
        revoked_at: { ...time, ...nullable },
      },
      indices: [
        unique('uq_credentials_secret', 'secret_sha256'),
        index('idx_credentials_kind', 'organization_id', 'kind'),
      ],
    }),
    new EntitySchema({
      name: 'vedette_audit',
      columns: {
        id,
        organization_id: text(64),
        at: time,
        actor: text(255),
        action: text(64),
        target: longText,
        details: json,
        outcome: text(32),
      },
      indices: [index('idx_audit_organization', 'organization_id', 'id')],
    }),
    new EntitySchema({
      name: 'vedette_check_counts',
      columns: {
        id,
        organization_id: text(64),
        account_id: text(64),
        source: text(32),
        check_id: text(255),
        scan_id: number,
        passed: number,
        unknown: number,
      },
      indices: [
        index('idx_check_counts_check', 'organization_id', 'source', 'account_id', 'check_id'),
        index('idx_check_counts_scan', 'scan_id'),
      ],
      foreignKeys: [foreignKey('fk_check_counts_scan', 'scan_id', 'scout_scans')],
    }),
    new EntitySchema({
      name: 'compliance_scores',
      columns: {
        id,
        organization_id: text(64),
        scan_id: number,
        framework: text(64),
        version: text(64),
        account_id: text(64),
        passed: number,
        failed: number,
        unknown: number,
        not_applicable: number,
        manual: number,
        accepted: number,
      },
      indices: [
        index('idx_compliance_scores_account', 'organization_id', 'framework', 'account_id', 'scan_id'),
        index('idx_compliance_scores_scan', 'scan_id'),
      ],
      foreignKeys: [foreignKey('fk_compliance_scores_scan', 'scan_id', 'scout_scans')],
    }),
    new EntitySchema({
      name: 'compliance_requirements',
      columns: {
        id,
        organization_id: text(64),
        scan_id: number,
        framework: text(64),
        requirement: text(64),
        state: text(16),
        passed: number,
        failed: number,
        unknown: number,
        suppressed: number,
      },
      indices: [index('idx_compliance_requirements_scan', 'scan_id', 'framework', 'requirement')],
      foreignKeys: [foreignKey('fk_compliance_requirements_scan', 'scan_id', 'scout_scans')],
    }),
    new EntitySchema({
      name: 'vedette_accounts',
      columns: {
        id,
        organization_id: text(64),
        name: text(64),
        kind: text(16),
        account_id: text(64),
        role_arn: ascii(1024),
        external_id: ascii(64),
        base_profile: { ...text(255), ...nullable },
        created_at: time,
        created_by: text(255),
        checked_at: { ...time, ...nullable },
        problem: { ...json, ...nullable },
      },
      indices: [unique('uq_accounts_name', 'organization_id', 'name')],
    }),
  ];
}

function generated(dialect: Dialect, type: ColumnType, asExpression: string): EntitySchemaColumnOptions {
  const generatedType = dialect === 'mysql' ? 'STORED' : 'VIRTUAL';
  return { ...type, nullable: true, asExpression, generatedType, insert: false, update: false };
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
