import { setting, trusted } from '../../config/setting.ts';
import { duration, integer, text } from '../../config/types.ts';

export const scoutsuiteSettings = {
  command: trusted(
    'VEDETTE_SCOUT_COMMAND',
    text,
    'Another `scout` executable than the one that `vedette setup` installs.',
  ),
  timeoutMs: setting(
    'VEDETTE_SCAN_TIMEOUT',
    duration('12h'),
    'Longest time that one scan of one account may take.',
  ),
  maxWorkers: setting(
    'VEDETTE_SCOUT_MAX_WORKERS',
    integer(10, { min: 1, max: 100 }),
    'Threads that ScoutSuite fetches with; lower it where AWS throttles.',
  ),
  ruleset: trusted(
    'VEDETTE_SCOUT_RULESET',
    text,
    "A ruleset file of your own in place of ScoutSuite's default.",
  ),
};
