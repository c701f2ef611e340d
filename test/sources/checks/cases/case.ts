import type { Answers } from '../support.ts';

/** What was answered, and what a check says of it: verdicts in the order of the resources, with `#` a sub-key. */
export interface Case {
  what: string;
  answers: Answers;
  says: readonly string[];
}

/** By check. */
export type Cases = Readonly<Record<string, readonly Case[]>>;
