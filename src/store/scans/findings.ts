import type { FindingFilter } from '../../model/filters.ts';
import type { Finding } from '../../model/finding.ts';
import type { Level } from '../../model/level.ts';
import type { PageRequest } from '../../model/page.ts';
import { decodeCursor, encodeCursor } from '../database/cursor.ts';
import { conditions, isOneOf } from '../database/statements.ts';
import type { Store } from '../database/store.ts';
import { fromJson, isoTime } from '../database/values.ts';
import { IS_NEWEST } from './scans.ts';

interface FindingRow {
  id: number;
  scan_id: number;
  organization_id: string;
  account_id: string;
  source: string;
  scan_time: string;
  service: string;
  finding_id: string;
  level: Level;
  source_level: string;
  title: string;
  rationale: string | null;
  remediation: string | null;
  reference_links: unknown;
  compliance: unknown;
  flagged_items: number;
  checked_items: number;
  unknown_items: number;
  evaluated: number;
}

/**
 * The findings that match, in the order of their recording; `nextCursor` leads to the next page, null on the last.
 *
 * @throws VedetteError `usage` for a cursor that is none.
 */
export async function listFindings(
  store: Store,
  filter: FindingFilter,
  page: PageRequest,
): Promise<{ findings: Finding[]; nextCursor: string | null }> {
  const { sql, values } = conditions([
    ['s.organization_id = ?', filter.organizationId],
    filter.scanId === undefined ? [IS_NEWEST] : ['s.id = ?', filter.scanId],
    isOneOf('s.account_id', filter.accountIds),
    isOneOf('s.source', filter.sources),
    isOneOf('f.service', filter.services),
    isOneOf('f.finding_id', filter.checkIds),
    isOneOf('f.level', filter.levels),
    filter.flagged === true ? ['f.flagged_items > 0'] : undefined,
    page.cursor === undefined ? undefined : ['f.id > ?', decodeCursor(page.cursor)],
  ]);
  const rows = await store.read<FindingRow>(
    `SELECT f.*, s.account_id, s.source, s.scan_time
      FROM scout_findings f
      JOIN scout_scans s ON s.id = f.scan_id
      WHERE ${sql}
      ORDER BY f.id
      LIMIT ?`,
    [...values, page.limit + 1],
  );
  return {
    findings: rows.slice(0, page.limit).map(findingOf),
    nextCursor: rows.length > page.limit ? encodeCursor(rows[page.limit - 1]?.id) : null,
  };
}

function findingOf(row: FindingRow): Finding {
  return {
    id: row.id,
    scanId: row.scan_id,
    organizationId: row.organization_id,
    accountId: row.account_id,
    source: row.source,
    scanTime: isoTime(row.scan_time),
    service: row.service,
    checkId: row.finding_id,
    level: row.level,
    sourceLevel: row.source_level,
    title: row.title,
    rationale: row.rationale,
    remediation: row.remediation,
    references: fromJson(row.reference_links) as string[],
    compliance: fromJson(row.compliance) as Finding['compliance'],
    flaggedItems: row.flagged_items,
    checkedItems: row.checked_items,
    unknownItems: row.unknown_items,
    evaluated: row.evaluated === 1,
  };
}
