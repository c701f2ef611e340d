import type { CoverageHistory } from '../../../../../src/api/schemas/coverage.ts';

type Scan = CoverageHistory['scans'][number];

/** How coverage stood at the end of a day. */
export interface CoverageDay {
  day: string;
  /** Mean of the accounts that had been scanned by then, in percent. */
  effective: number;
  accounts: number;
}

const DAY_MS = 86_400_000;

/** Of scans in order, every day from the first scan to the last; what an account's scan has found holds until its next one. */
export function coverageDays(scans: readonly Scan[]): CoverageDay[] {
  const [first, last] = [scans[0], scans.at(-1)];
  if (first === undefined || last === undefined) return [];
  let next = 0;
  const newest = new Map<string, number>();
  const days: CoverageDay[] = [];
  const end = Date.parse(last.scanTime.slice(0, 10));
  for (let at = Date.parse(first.scanTime.slice(0, 10)); at <= end; at += DAY_MS) {
    const day = new Date(at).toISOString().slice(0, 10);
    for (let scan = scans[next]; scan?.scanTime.slice(0, 10) === day; scan = scans[next]) {
      newest.set(scan.accountId, scan.figures.effective ?? 0);
      next += 1;
    }
    const sum = [...newest.values()].reduce((all, one) => all + one, 0);
    days.push({ day, effective: sum / newest.size, accounts: newest.size });
  }
  return days;
}
