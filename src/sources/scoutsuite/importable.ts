import type { Importable } from '../source.ts';

/** The report that `scout` writes: a script that assigns one object, or that object alone. */
export const scoutsuiteResults: Importable = {
  files: 'scoutsuite_results_*.js',
  isNamed: (name) => /^scoutsuite_results_.*\.js$/.test(name),
  beginsLike: (head) => /^\ufeff?\s*(?:scoutsuite_results\s*=|\{\s*"account_id"\s*:)/.test(head),
};
