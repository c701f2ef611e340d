import type { Source } from '../source.ts';
import { collectWithScoutSuite } from './collect.ts';
import { interpretResults } from './interpret.ts';
import { scoutsuitePermissions } from './permissions.ts';

/** NCC Group's ScoutSuite: a program that we run, from an environment of its own. */
export const scoutsuite: Source = {
  id: 'scoutsuite',
  title: 'ScoutSuite',
  permissions: scoutsuitePermissions,
  collect: collectWithScoutSuite,
  interpret: interpretResults,
};
