const DAY_MS = 86_400_000;

/** Whole days from a time (ISO 8601) until now. */
export function daysSince(time: string, now: number): number {
  return Math.floor((now - Date.parse(time)) / DAY_MS);
}

/** Whole days from now until a time (ISO 8601); below 0 where it is past. */
export function daysUntil(time: string, now: number): number {
  return Math.floor((Date.parse(time) - now) / DAY_MS);
}
