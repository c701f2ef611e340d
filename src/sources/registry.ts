import { VedetteError } from '../errors.ts';
import { scoutsuite } from './scoutsuite/index.ts';
import type { Source } from './source.ts';

export { DEFAULT_SOURCE } from '../model/source.ts';

/** The sources that somebody works with. */
export interface Registry {
  all: readonly Source[];
  /** @throws VedetteError `usage` that names the sources there are. */
  byId(id: string): Source;
}

export function createRegistry(all: readonly Source[]): Registry {
  return {
    all,
    byId(id) {
      const source = all.find((candidate) => candidate.id === id);
      if (source !== undefined) return source;
      throw new VedetteError('usage', `There is no source named ${JSON.stringify(id)}.`, {
        remedy: `Sources: ${all.map((known) => known.id).join(', ')}.`,
      });
    },
  };
}

/** Every source of the product; a new one is one more here, and its settings in `settings.ts`. */
export const sources = createRegistry([scoutsuite]);
