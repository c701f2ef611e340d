const UNITS = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
type Unit = keyof typeof UNITS;

/** A hundred years: with more, dates leave what databases hold, and Temporal plans no run any more. */
const MOST_MS = 36_500 * UNITS.d;

export const DURATION_EXAMPLES = 'a duration such as 90s, 15m, 6h or 2d, at most 36500d';

/** `90s`, `15m`, `6h`, `2d` or plain milliseconds, at most `36500d`, as milliseconds; null for anything else. */
export function parseDuration(text: string): number | null {
  const [, amount, unit] = /^(\d+(?:\.\d+)?)\s*(ms|s|m|h|d)?$/.exec(text.trim()) ?? [];
  const milliseconds = Number(amount) * UNITS[(unit ?? 'ms') as Unit];
  return milliseconds <= MOST_MS ? milliseconds : null;
}

/** The shortest text that `parseDuration` reads back: `36h`, `2d`. */
export function durationText(milliseconds: number): string {
  const largestFirst = Object.entries(UNITS).toReversed();
  const [unit, size] = largestFirst.find(([, length]) => milliseconds % length === 0) ?? ['ms', 1];
  return milliseconds === 0 ? '0s' : `${milliseconds / size}${unit}`;
}
