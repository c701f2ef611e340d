import type { Suppression, SuppressionKind } from '../../model/suppression.ts';
import { isoTime, isoTimeOrNull } from '../database/values.ts';

export interface SuppressionRow {
  id: number;
  kind: SuppressionKind;
  reason: string;
  owner: string | null;
  expires_at: string | null;
  created_at: string;
  created_by: string;
  rule_check_id: string | null;
  rule_account_id: string | null;
  rule_resource: string | null;
  rule_tag: string | null;
}

/** Of `vedette_suppressions p`. */
export const SUPPRESSION_COLUMNS =
  'p.id, p.kind, p.reason, p.owner, p.expires_at, p.created_at, p.created_by, p.rule_check_id, p.rule_account_id, ' +
  'p.rule_resource, p.rule_tag';

export function suppressionOfRow(row: SuppressionRow): Suppression {
  const { rule_check_id: checkId, rule_account_id: accountId, rule_resource: resource, rule_tag: tag } = row;
  const isRule = [checkId, accountId, resource, tag].some((part) => part !== null);
  return {
    id: row.id,
    kind: row.kind,
    reason: row.reason,
    owner: row.owner,
    expiresAt: isoTimeOrNull(row.expires_at),
    createdAt: isoTime(row.created_at),
    createdBy: row.created_by,
    rule: isRule ? { checkId, accountId, resource, tag } : null,
  };
}
