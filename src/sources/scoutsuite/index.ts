import type { Source } from '../source.ts';
import { collectWithScoutSuite } from './collect.ts';
import { interpretResults } from './interpret.ts';

/** NCC Group's ScoutSuite: a program that we run, from an environment of its own. */
export const scoutsuite: Source = {
  id: 'scoutsuite',
  title: 'ScoutSuite',
  permissions: {
    managedPolicies: [
      'arn:aws:iam::aws:policy/SecurityAudit',
      'arn:aws:iam::aws:policy/job-function/ViewOnlyAccess',
    ],
    actions: ['sts:GetCallerIdentity'],
  },
  collect: collectWithScoutSuite,
  interpret: interpretResults,
};
