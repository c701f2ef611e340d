import { isLevel } from '../../../model/level.ts';
import type { Level } from '../../../model/level.ts';
import { RULE_LEVELS } from './rule-levels.ts';

const SCOUTSUITE_LEVELS: ReadonlyMap<string, Level> = new Map<string, Level>([
  ['danger', 'high'],
  ['warning', 'medium'],
]);

/**
 * The level of a finding: one of ours stays as a ruleset of the user's own gave it; else the table of rules decides;
 * else ScoutSuite's word. A word that nobody knows, or none, is `medium`: neither hidden nor an alarm.
 */
export function levelOf(checkId: string, sourceLevel: string): Level {
  const word = sourceLevel.trim().toLowerCase();
  if (isLevel(word)) return word;
  return RULE_LEVELS.get(checkId) ?? SCOUTSUITE_LEVELS.get(word) ?? 'medium';
}
