/** Where a match is in the bytes that were looked at; `end` is the byte after it. */
export interface Span {
  start: number;
  end: number;
}

/** How far a match may reach, and what is looked at beside it, in bytes. */
export const MATCH_LIMITS = {
  /** Of a match. */
  length: 4096,
  /** Before a match, where its keywords are. */
  keywords: 64,
  /** On each side of a match, shown with it. */
  context: 48,
} as const;

/**
 * Zeros that precede and follow whatever a detector looks at: a zero is no digit, no letter and no separator, so that a
 * detector that stops at one of those needs no other limit.
 */
export const PADDING = 64;
