import { VedetteError } from '../errors.ts';
import type { SourceTitles } from '../model/run.ts';
import { DEFAULT_SOURCE } from '../model/source.ts';
import { checks } from './checks/index.ts';
import { scoutsuite } from './scoutsuite/index.ts';
import type { Source } from './source.ts';

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
}

export function createRegistry(all: readonly Source[]): Registry {
  const byId = (id: string): Source => {
    const source = all.find((candidate) => candidate.id === id);
    if (source !== undefined) return source;
    throw new VedetteError('usage', `There is no source named ${JSON.stringify(id)}.`, {
      remedy: `Sources: ${all.map((known) => known.id).join(', ')}.`,
    });
  };
  return {
    all,
    titles: Object.fromEntries(all.map(({ id, title }) => [id, title])),
    byId,
    named: (ids) => (ids.length === 0 ? [DEFAULT_SOURCE] : [...new Set(ids.map((id) => byId(id).id))]),
  };
}

/** Every source of the product; a new one is one more here, and its settings in `settings.ts`. */
export const sources = createRegistry([checks, scoutsuite]);
