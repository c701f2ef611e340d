import type { AuditedChange, AuditEntry, AuditFilter, AuditOutcome, AuditRecord } from '../../model/audit.ts';
import type { PageRequest } from '../../model/page.ts';
import { decodeCursor, encodeCursor } from '../database/cursor.ts';
import { conditions } from '../database/statements.ts';
import type { Fragment } from '../database/statements.ts';
import { transaction } from '../database/store.ts';
import type { Session, Store } from '../database/store.ts';
import { fromJson, isoTime, sqlJson, sqlTime } from '../database/values.ts';
import { currentAuthor } from './author.ts';
import { SECRET_PREFIXES } from './secrets.ts';

interface AuditRow {
  id: number;
  at: string;
  actor: string;
  user_id: number | null;
  action: string;
  target: string;
  details: unknown;
  outcome: AuditOutcome;
}

const MOST_ACTOR = 255;
/** Entries that a stream reads at a time. */
const PAGE = 500;
/** Whatever it is called, and wherever in a text it stands. */
const OURS = new RegExp(`(?:${Object.values(SECRET_PREFIXES).join('|')})[\\w-]{40}`);
const SECRET = /secret|token|code|password|cookie|otp|assertion|verifier/i;

/**
 * Writes a change to the audit log, within the transaction that makes it: both are there, or neither. Who it is by, whoever
 * called has said (`actingAs`).
 */
export async function recordChange(
  session: Session,
  { organizationId, action, target, before, after, actor, userId }: AuditedChange,
): Promise<void> {
  const author = currentAuthor();
  await insert(session, {
    organizationId,
    at: new Date().toISOString(),
    actor: actor ?? author.actor,
    userId: userId ?? author.userId,
    action,
    target,
    details: { before, after },
    outcome: 'done',
  });
  author.recorded.add(action);
}

/** For what was tried and changed nothing of the database: what was refused, or is done elsewhere. */
export async function recordAttempt(store: Store, record: AuditRecord): Promise<void> {
  await transaction(store, (session) => insert(session, record));
}

/** Whatever is called like a secret, or holds one of ours, is left out of the details. */
async function insert(
  session: Session,
  { organizationId, at, actor, userId, action, target, details, outcome }: AuditRecord,
): Promise<void> {
  await session.execute(
    `INSERT INTO vedette_audit (organization_id, at, actor, user_id, action, target, details, outcome)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    [
      organizationId,
      sqlTime(at),
      actor.slice(0, MOST_ACTOR),
      userId,
      action,
      target,
      sqlJson(withoutSecrets(details)),
      outcome,
    ],
  );
}

/**
 * Newest first; `nextCursor` leads to the next page, null on the last.
 *
 * @throws VedetteError `usage` for a cursor that is none.
 */
export async function listAudit(
  store: Store,
  organizationId: string,
  page: PageRequest,
  { actor, action, target, outcome, since, until }: AuditFilter = {},
): Promise<{ entries: AuditEntry[]; nextCursor: string | null }> {
  const { sql, values } = conditions([
    ['organization_id = ?', organizationId],
    page.cursor === undefined ? undefined : ['id < ?', decodeCursor(page.cursor)],
    contains('actor', actor),
    contains('action', action),
    contains('target', target),
    outcome === undefined ? undefined : ['outcome = ?', outcome],
    since === undefined ? undefined : ['at >= ?', sqlTime(since)],
    until === undefined ? undefined : ['at < ?', sqlTime(until)],
  ]);
  const rows = await store.read<AuditRow>(
    `SELECT id, at, actor, user_id, action, target, details, outcome
      FROM vedette_audit
      WHERE ${sql}
      ORDER BY id DESC
      LIMIT ?`,
    [...values, page.limit + 1],
  );
  return {
    entries: rows.slice(0, page.limit).map(entryOf),
    nextCursor: rows.length > page.limit ? encodeCursor(rows[page.limit - 1]?.id) : null,
  };
}

/** All entries, page by page; newest first. */
export async function* streamAudit(
  store: Store,
  organizationId: string,
  filter: AuditFilter = {},
): AsyncGenerator<AuditEntry> {
  let page: PageRequest = { limit: PAGE };
  for (;;) {
    const { entries, nextCursor } = await listAudit(store, organizationId, page, filter);
    yield* entries;
    if (nextCursor === null) return;
    page = { limit: PAGE, cursor: nextCursor };
  }
}

function contains(column: string, text: string | undefined): Fragment | undefined {
  return text === undefined ? undefined : [`INSTR(LOWER(${column}), LOWER(?)) > 0`, text];
}

function entryOf(row: AuditRow): AuditEntry {
  return {
    id: row.id,
    at: isoTime(row.at),
    actor: row.actor,
    userId: row.user_id,
    action: row.action,
    target: row.target,
    details: fromJson(row.details) as AuditEntry['details'],
    outcome: row.outcome,
  };
}

function withoutSecrets(value: unknown): unknown {
  if (typeof value === 'string' && OURS.test(value)) return '(secret)';
  if (Array.isArray(value)) return value.map(withoutSecrets);
  if (!isMapping(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => !SECRET.test(name))
      .map(([name, member]) => [name, withoutSecrets(member)]),
  );
}

function isMapping(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
