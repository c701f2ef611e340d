import type { DescribedCheck } from '../model/check.ts';
import type { Framework } from './framework.ts';

/** What compliance is judged by. */
export interface ComplianceBasis {
  /** The source whose checks the frameworks speak of. */
  source: string;
  frameworks: readonly Framework[];
  /** The catalogue, by id. */
  checks: ReadonlyMap<string, DescribedCheck>;
}
