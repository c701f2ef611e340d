import type { SqlValue } from '../database/values.ts';

/** Whose scans and events: one writer at a time for each of these. */
export interface ScanKey {
  organizationId: string;
  accountId: string;
  source: string;
}

/** The key's condition on a table, with `keyValues` for its placeholders. */
export function keyCondition(alias: string): string {
  return `${alias}.organization_id = ? AND ${alias}.account_id = ? AND ${alias}.source = ?`;
}

export function keyValues({ organizationId, accountId, source }: ScanKey): SqlValue[] {
  return [organizationId, accountId, source];
}

/** Name of the lock that a writer of the key holds. */
export function writerLock(key: ScanKey): string {
  return `scans of ${key.source} for account ${key.accountId} of organisation ${key.organizationId}`;
}
