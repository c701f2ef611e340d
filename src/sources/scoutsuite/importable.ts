import type { Importable } from '../source.ts';

/** The report that `scout` writes, and what `--result-format json` of other versions leaves. */
export const scoutsuiteResults: Importable = {
  files: 'scoutsuite_results_*.js',
  isNamed: (name) => /^scoutsuite_results_.*\.js$/.test(name),
  beginsLike: (head) => /^\ufeff?\s*(?:scoutsuite_results\s*=|\{)/.test(head),
};
