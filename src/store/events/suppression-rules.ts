import { VedetteError } from '../../errors.ts';
import type { SuppressionRule } from '../../model/suppression.ts';
import { recordChange } from '../access/audit.ts';
import type { Dialect } from '../database/column-types.ts';
import { useIndex } from '../database/index-hints.ts';
import { conditions } from '../database/statements.ts';
import type { Fragment } from '../database/statements.ts';
import { transaction } from '../database/store.ts';
import type { Store } from '../database/store.ts';
import { sqlTime } from '../database/values.ts';
import type { ScanKey } from '../scans/scan-key.ts';
import { SUPPRESSION_COLUMNS, suppressionOfRow } from './suppression-rows.ts';
import type { SuppressionRow } from './suppression-rows.ts';
import {
  batchable,
  checkedExpiry,
  inBatches,
  insertSuppression,
  keysOfFilter,
  linkEvents,
} from './suppressions.ts';
import type { SuppressionOrder } from './suppressions.ts';

/**
 * Suppresses the active events that a rule meets, now and after each scan, until it ends. An event that somebody takes back
 * from the rule stays so.
 *
 * @returns how many events it met at once
 * @throws VedetteError `usage` for a rule that would meet everything, or end before it begins.
 */
export async function addSuppressionRule(
  store: Store,
  organizationId: string,
  rule: SuppressionRule,
  order: SuppressionOrder,
  signal: AbortSignal = new AbortController().signal,
): Promise<{ suppressionId: number; events: number }> {
  if (Object.values(rule).every((part) => part === null)) {
    throw new VedetteError('usage', 'A rule that names nothing would suppress everything.', {
      remedy: 'Name a check, an account, a resource or a tag.',
    });
  }
  if (rule.tag !== null) tagOf(rule.tag);
  for (const part of Object.values(rule)) if (part !== null) refuseEnds(part);
  const now = sqlTime(new Date());
  const expiresAt = checkedExpiry(order.expiresAt, now);
  const suppressionId = await transaction(
    store,
    async (session) => {
      const id = await insertSuppression(store, session, organizationId, order, { now, expiresAt, rule });
      const { kind, reason, owner } = order;
      await recordChange(session, {
        organizationId,
        action: 'suppressions.add',
        target: `suppressions/${id}`,
        before: null,
        after: { rule, kind, reason, owner, expiresAt: order.expiresAt },
      });
      return id;
    },
    signal,
  );
  let events = 0;
  const accounts = rule.accountId === null ? {} : { accountIds: [rule.accountId] };
  for (const key of await keysOfFilter(store, { organizationId, ...accounts })) {
    events += await applyRule(store, key, suppressionId, rule, signal);
  }
  return { suppressionId, events };
}

/** Suppresses what the organisation's rules meet among the active events of an account; gives how many. */
export async function applySuppressionRules(
  store: Store,
  key: ScanKey,
  signal: AbortSignal = new AbortController().signal,
): Promise<number> {
  const rules = await store.read<SuppressionRow>(
    `SELECT ${SUPPRESSION_COLUMNS}
      FROM vedette_suppressions p
      WHERE p.organization_id = ? AND p.ended_at IS NULL
        AND (p.rule_check_id IS NOT NULL OR p.rule_account_id IS NOT NULL OR p.rule_resource IS NOT NULL
          OR p.rule_tag IS NOT NULL)
      ORDER BY p.id`,
    [key.organizationId],
  );
  let events = 0;
  for (const row of rules) {
    const { id, rule } = suppressionOfRow(row);
    if (rule === null || (rule.accountId !== null && rule.accountId !== key.accountId)) continue;
    events += await applyRule(store, key, id, rule, signal);
  }
  return events;
}

async function applyRule(
  store: Store,
  key: ScanKey,
  suppressionId: number,
  { checkId, resource, tag }: SuppressionRule,
  signal: AbortSignal,
): Promise<number> {
  const met = conditions([
    ["e.status = 'active'"],
    checkId === null ? undefined : ['e.check_id = ?', checkId],
    resource === null ? undefined : isLike(store.dialect, resource, ['e.resource_id', 'e.resource_name']),
    tag === null ? undefined : hasTag(store.dialect, tag),
    [
      'NOT EXISTS (SELECT 1 FROM vedette_suppressed_events m WHERE m.suppression_id = ? AND m.event_id = e.id)',
      suppressionId,
    ],
  ]);
  const byKind = useIndex(store.dialect, 'idx_events_kind');
  return inBatches(
    store,
    [batchable(key, [met.sql, ...met.values], byKind)],
    (session, ids) => linkEvents(session, key.organizationId, ids, suppressionId),
    signal,
  );
}

/** Letters count as they are on every database: GLOB and a binary LIKE tell A from a. */
function isLike(
  dialect: Dialect,
  pattern: string,
  texts: readonly string[],
  values: readonly string[] = [],
): Fragment {
  const [operator, wanted] =
    dialect === 'sqlite'
      ? (['GLOB ?', pattern.replaceAll(/[?[]/g, '[$&]')] as const)
      : (["LIKE ? ESCAPE '!'", pattern.replaceAll(/[!%_]/g, '!$&').replaceAll('*', '%')] as const);
  const met = texts.map((text) => `${text} ${operator}`).join(' OR ');
  return [`(${met})`, ...texts.flatMap(() => [...values, wanted])];
}

function hasTag(dialect: Dialect, tag: string): Fragment {
  const { key, value } = tagOf(tag);
  const member = 'JSON_EXTRACT(e.details, ?)';
  const text = dialect === 'sqlite' ? member : `JSON_UNQUOTE(${member})`;
  return isLike(dialect, value, [text], [`$.tags."${key}"`]);
}

/** SQLite reads a pattern up to a NUL: `*` and a NUL would meet everything, whatever follows. */
function refuseEnds(part: string): void {
  if (!part.includes('\0')) return;
  throw new VedetteError('usage', `${JSON.stringify(part)} holds a NUL character.`, {
    remedy: 'Leave it out: nothing that is scanned has one in its name.',
  });
}

/** What would end the path to a member of JSON, or break it: a rule is asked after every scan, and must not fail it. */
const NOT_IN_KEYS = /["\\\p{Cc}\p{Cs}]/u;

/** @throws VedetteError `usage` for a key that no tag can be found by. */
function tagOf(tag: string): { key: string; value: string } {
  const at = tag.indexOf('=');
  const [key, value] = at < 0 ? [tag, '*'] : [tag.slice(0, at), tag.slice(at + 1)];
  if (key !== '' && !NOT_IN_KEYS.test(key)) return { key, value };
  throw new VedetteError('usage', `${JSON.stringify(tag)} is not a tag.`, {
    remedy:
      'Give key=value, such as env=dev*, or a key alone; a key has no quotation marks or control characters.',
  });
}
