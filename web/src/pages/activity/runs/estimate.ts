import type { Run } from '../../../../../src/api/schemas/runs.ts';
import { durationText, plural } from '../../../lib/format.ts';

/**
 * `About 8 min 0 s, judging by the last run: 3 scans in 4 min 0 s`; null where the last run tells nothing. Scans run some
 * at a time, so that a run takes as many rounds of one scan as it needs.
 */
export function estimateText(scans: number, last: Run): string | null {
  const { startedAt, endedAt, accounts, concurrency } = last;
  if (scans === 0 || endedAt === null || accounts.length === 0) return null;
  const tookMs = Date.parse(endedAt) - Date.parse(startedAt);
  const rounds = (count: number): number => Math.ceil(count / Math.max(1, concurrency));
  const expectedMs = (tookMs / rounds(accounts.length)) * rounds(scans);
  return `About ${durationText(expectedMs)}, judging by the last run: ${plural(accounts.length, 'scan')} in ${durationText(tookMs)}`;
}
