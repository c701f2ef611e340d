import { VedetteError } from '../errors.ts';
import { scoutsuite } from './scoutsuite/index.ts';
import type { Source } from './source.ts';

/** Every tool whose results become events; a new one is one more line here. */
export const sources: readonly Source[] = [scoutsuite];

/** @throws VedetteError `usage` that names the sources there are. */
export function sourceById(id: string): Source {
  const source = sources.find((candidate) => candidate.id === id);
  if (source !== undefined) return source;
  throw new VedetteError('usage', `There is no source named ${JSON.stringify(id)}.`, {
    remedy: `Sources: ${sources.map((known) => known.id).join(', ')}.`,
  });
}
