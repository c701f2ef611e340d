import type {
  ComplianceScore,
  RequirementResult,
  RequirementState,
  ScorePoint,
} from '../../model/compliance.ts';
import { conditions, insertRows, isOneOf } from '../database/statements.ts';
import { inTransaction } from '../database/store.ts';
import type { Store } from '../database/store.ts';
import { isoTime, sqlTime } from '../database/values.ts';
import type { SqlValue } from '../database/values.ts';

const BATCH_ROWS = 500;
/** Stands for all accounts of the organisation. */
const ALL_ACCOUNTS = '';

/** How a framework stood when a scan ended. */
export interface ScanResult {
  framework: string;
  version: string;
  /** Of the account that was scanned. */
  account: { score: Counts; requirements: readonly RequirementResult[] };
  /** Of all accounts of the organisation. */
  all: { score: Counts };
}

type Counts = Omit<ComplianceScore, 'percent' | 'total'>;

/** Keeps with a scan how requirements stood; again, it replaces what was kept. */
export async function keepResults(
  store: Store,
  scan: { organizationId: string; accountId: string; scanId: number },
  results: readonly ScanResult[],
  signal: AbortSignal,
): Promise<void> {
  const { organizationId, accountId, scanId } = scan;
  const scores = results.flatMap(({ framework, version, account, all }) => [
    [organizationId, scanId, framework, version, accountId, ...scoreValues(account.score)],
    [organizationId, scanId, framework, version, ALL_ACCOUNTS, ...scoreValues(all.score)],
  ]);
  const requirements = results.flatMap(({ framework, account }) =>
    account.requirements
      .filter(({ checks }) => checks.length > 0)
      .map((requirement) => [organizationId, scanId, framework, ...requirementValues(requirement)]),
  );
  await store.session((session) =>
    inTransaction(store, session, signal, async () => {
      for (const [table, columns, rows] of [
        ['compliance_scores', SCORE_COLUMNS, scores],
        ['compliance_requirements', REQUIREMENT_COLUMNS, requirements],
      ] as const) {
        await session.execute(`DELETE FROM ${table} WHERE scan_id = ?`, [scanId]);
        for (let start = 0; start < rows.length; start += BATCH_ROWS) {
          const { sql, values } = insertRows(table, columns, rows.slice(start, start + BATCH_ROWS));
          await session.execute(sql, values);
        }
      }
    }),
  );
}

const SCORE_COLUMNS = [
  'organization_id',
  'scan_id',
  'framework',
  'version',
  'account_id',
  'passed',
  'failed',
  'unknown',
  'not_applicable',
  'manual',
  'accepted',
];

function scoreValues({ pass, fail, unknown, notApplicable, manual, accepted }: Counts): SqlValue[] {
  return [pass, fail, unknown, notApplicable, manual, accepted];
}

const REQUIREMENT_COLUMNS = [
  'organization_id',
  'scan_id',
  'framework',
  'requirement',
  'state',
  'passed',
  'failed',
  'unknown',
  'suppressed',
];

function requirementValues({ id, state, checks }: RequirementResult): SqlValue[] {
  const sum = (count: 'pass' | 'fail' | 'unknown' | 'suppressed'): number =>
    checks.reduce((total, check) => total + check[count], 0);
  return [id, state, sum('pass'), sum('fail'), sum('unknown'), sum('suppressed')];
}

interface ScoreRow {
  framework: string;
  scan_id: number;
  scan_time: string;
  passed: number;
  failed: number;
  unknown: number;
  not_applicable: number;
  manual: number;
  accepted: number;
}

/** The counts of each scan since a time, oldest first. */
export async function listScores(
  store: Store,
  {
    organizationId,
    framework,
    accountId = ALL_ACCOUNTS,
    since,
  }: { organizationId: string; framework: string; accountId?: string | undefined; since: string },
): Promise<(Pick<ScorePoint, 'scanId' | 'at'> & Counts)[]> {
  const { sql, values } = conditions([
    ['p.organization_id = ?', organizationId],
    ['p.framework = ?', framework],
    ['p.account_id = ?', accountId],
    ['s.scan_time >= ?', sqlTime(since)],
  ]);
  const rows = await store.read<ScoreRow>(
    `SELECT p.*, s.scan_time FROM compliance_scores p JOIN scout_scans s ON s.id = p.scan_id
      WHERE ${sql} ORDER BY s.scan_time, s.id`,
    values,
  );
  return rows.map((row) => ({
    scanId: row.scan_id,
    at: isoTime(row.scan_time),
    pass: row.passed,
    fail: row.failed,
    unknown: row.unknown,
    notApplicable: row.not_applicable,
    manual: row.manual,
    accepted: row.accepted,
  }));
}

interface KeptFilter {
  organizationId: string;
  framework: string;
  accountIds: readonly string[];
}

/** By account, then by requirement. */
type ByRequirement<Value> = ReadonlyMap<string, ReadonlyMap<string, Value>>;

/**
 * Of each account, by its id, the requirements that its scans have seen fail since they last passed or did not apply, with
 * the start of the first such scan. Goes as far back as results are kept.
 */
export async function failingSince(
  store: Store,
  { organizationId, framework, accountIds }: KeptFilter,
): Promise<ByRequirement<string>> {
  const scans = conditions([
    ['s.organization_id = ?', organizationId],
    ['r.framework = ?', framework],
    isOneOf('s.account_id', accountIds),
  ]);
  const rows = await store.read<{ account_id: string; requirement: string; since: string }>(
    `SELECT s.account_id, r.requirement, MIN(s.scan_time) AS since
      FROM scout_scans s JOIN compliance_requirements r ON r.scan_id = s.id
      LEFT JOIN (
        SELECT s.account_id, r.requirement, MAX(s.scan_time) AS held
          FROM scout_scans s JOIN compliance_requirements r ON r.scan_id = s.id
          WHERE ${scans.sql} AND r.state IN ('pass', 'not-applicable')
          GROUP BY s.account_id, r.requirement
      ) h ON h.account_id = s.account_id AND h.requirement = r.requirement
      WHERE ${scans.sql} AND r.state = 'fail' AND (h.held IS NULL OR s.scan_time > h.held)
      GROUP BY s.account_id, r.requirement`,
    [...scans.values, ...scans.values],
  );
  return byRequirement(rows, ({ since }) => isoTime(since));
}

/**
 * How the requirements of each account stood after the scan before its last one. Where that is not kept, or no scan had
 * asked any check of a requirement by then, it is absent.
 */
export async function statesBefore(
  store: Store,
  { organizationId, framework, accountIds }: KeptFilter,
): Promise<ByRequirement<RequirementState>> {
  const { sql, values } = conditions([
    ['p.organization_id = ?', organizationId],
    ['p.framework = ?', framework],
    isOneOf('p.account_id', accountIds),
  ]);
  const rows = await store.read<{ account_id: string; requirement: string; state: RequirementState }>(
    `SELECT k.account_id, r.requirement, r.state
      FROM (
        SELECT p.account_id, p.scan_id,
            ROW_NUMBER() OVER (PARTITION BY p.account_id ORDER BY s.scan_time DESC, s.id DESC) AS place
          FROM compliance_scores p JOIN scout_scans s ON s.id = p.scan_id
          WHERE ${sql}
      ) k JOIN compliance_requirements r ON r.scan_id = k.scan_id
      WHERE k.place = 2 AND r.framework = ? AND (r.state <> 'unknown' OR r.unknown > 0)`,
    [...values, framework],
  );
  return byRequirement(rows, ({ state }) => state);
}

function byRequirement<Row extends { account_id: string; requirement: string }, Value>(
  rows: readonly Row[],
  valueOf: (row: Row) => Value,
): ByRequirement<Value> {
  const found = new Map<string, Map<string, Value>>();
  for (const row of rows) {
    const of = found.get(row.account_id) ?? new Map<string, Value>();
    found.set(row.account_id, of.set(row.requirement, valueOf(row)));
  }
  return found;
}
