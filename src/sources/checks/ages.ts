const DAY_MS = 86_400_000;

/** Whole days from a time (ISO 8601) until now. */
export function daysSince(time: string, now: number): number {
  return Math.floor((now - Date.parse(time)) / DAY_MS);
}
