import { VedetteError } from '../errors.ts';
import type { ScanOptions, SourceTitles } from '../model/run.ts';
import { DEFAULT_SOURCE } from '../model/source.ts';
import { checks } from './checks/index.ts';
import { detections } from './detections/index.ts';
import { s3Data } from './s3-data/index.ts';
import { scoutsuite } from './scoutsuite/index.ts';
import type { ScopeProblem, Source } from './source.ts';

export { DEFAULT_SOURCE };

/** The sources that somebody works with. */
export interface Registry {
  all: readonly Source[];
  /** What people call each. */
  titles: SourceTitles;
  /** @throws VedetteError `usage` that names the sources there are. */
  byId(id: string): Source;
  /**
   * The ids that somebody named, each once, in order; the default one where nobody named any.
   *
   * @throws VedetteError `usage` that names the sources there are.
   */
  named(ids: readonly string[]): string[];
  /** The first thing that one of these sources cannot scan; null when they know all the names. */
  scopeProblem(ids: readonly string[], options: Scope): ScopeProblem | null;
  /** @throws VedetteError `usage` where there is such a thing: a run would only find out in each account. */
  assertScope(ids: readonly string[], options: Scope): void;
}

type Scope = Pick<ScanOptions, 'services' | 'regions'>;

export function createRegistry(all: readonly Source[]): Registry {
  const byId = (id: string): Source => {
    const source = all.find((candidate) => candidate.id === id);
    if (source !== undefined) return source;
    throw new VedetteError('usage', `There is no source named ${JSON.stringify(id)}.`, {
      remedy: `Sources: ${all.map((known) => known.id).join(', ')}.`,
    });
  };
  const scopeProblem = (ids: readonly string[], options: Scope): ScopeProblem | null =>
    ids.map((id) => byId(id).scopeProblem?.(options) ?? null).find((problem) => problem !== null) ?? null;
  return {
    all,
    titles: Object.fromEntries(all.map(({ id, title }) => [id, title])),
    byId,
    named: (ids) => (ids.length === 0 ? [DEFAULT_SOURCE] : [...new Set(ids.map((id) => byId(id).id))]),
    scopeProblem,
    assertScope(ids, options) {
      const problem = scopeProblem(ids, options);
      if (problem !== null) throw new VedetteError('usage', problem.message, { remedy: problem.remedy });
    },
  };
}

/** Every source of the product; a new one is one more here, and its settings in `settings.ts`. */
export const sources = createRegistry([scoutsuite, checks, s3Data, detections]);
