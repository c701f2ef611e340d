/** Severity of a finding or event, gravest first (OCSF severity_id 5…1). */
export const LEVELS = ['critical', 'high', 'medium', 'low', 'info'] as const;
export type Level = (typeof LEVELS)[number];

export function isLevel(text: string): text is Level {
  return (LEVELS as readonly string[]).includes(text);
}

/** Negative when `a` is graver than `b`: sorts gravest first. */
export function compareLevels(a: Level, b: Level): number {
  return LEVELS.indexOf(a) - LEVELS.indexOf(b);
}

/** True when `level` is at least as grave as `threshold`. */
export function reaches(level: Level, threshold: Level): boolean {
  return compareLevels(level, threshold) <= 0;
}
