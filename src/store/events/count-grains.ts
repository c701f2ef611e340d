/**
 * Rows of `vedette_event_counts` count the events of an account and source in four grains: what is not told apart is `''`.
 * Most questions need neither check nor region, and are answered from a few rows.
 */
export const GRAINS = {
  all: { check: false, region: false },
  check: { check: true, region: false },
  region: { check: false, region: true },
  full: { check: true, region: true },
} as const;
export type Grain = keyof typeof GRAINS;

/** The index that begins with what tells accounts apart. */
export const COUNTS_BY_ACCOUNT = 'idx_event_counts_account';
