import type { Answers } from '../support.ts';

/** What was answered, and what a check says of it: verdicts in the order of the resources, with `#` a sub-key. */
export interface Case {
  what: string;
  answers: Answers;
  /** Whether only some regions were asked for. */
  regionsAsked?: boolean;
  says: readonly string[];
}

/** By check. */
export type Cases = Readonly<Record<string, readonly Case[]>>;
