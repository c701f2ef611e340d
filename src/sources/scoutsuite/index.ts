import { defineSource } from '../source.ts';
import { scopeProblem } from './check-scope.ts';
import { collectWithScoutSuite } from './collect.ts';
import { scoutsuiteDemo } from './demo.ts';
import { checkScoutSuite } from './health.ts';
import { scoutsuiteResults } from './importable.ts';
import { interpretResults } from './interpret.ts';
import { scoutsuitePermissions } from './permissions.ts';
import { scoutsuiteSettings } from './settings.ts';
import { scoutsuiteSetup } from './setup.ts';

/** NCC Group's ScoutSuite: a program that we run, from an environment of its own. */
export const scoutsuite = defineSource({
  id: 'scoutsuite',
  title: 'ScoutSuite',
  permissions: scoutsuitePermissions,
  settings: scoutsuiteSettings,
  setup: scoutsuiteSetup,
  check: checkScoutSuite,
  importable: scoutsuiteResults,
  demo: scoutsuiteDemo,
  scopeProblem,
  collect: collectWithScoutSuite,
  interpret: interpretResults,
});
