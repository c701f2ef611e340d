import { isRegion, similarRegion } from '../aws/regions.ts';
import { mostSimilar } from '../text/similar.ts';
import type { ScopeProblem } from './source.ts';

/** Lists that are longer are shown by a command. */
const MOST_NAMED = 60;

/**
 * What is wrong with names that somebody gave; null where all are known.
 *
 * @param known all names; `absent` and `list` begin the sentences about those that are none of them, and about all
 */
export function strangeNames(
  given: readonly string[],
  {
    option,
    absent,
    names,
    list,
  }: { option: ScopeProblem['option']; absent: string; names: readonly string[]; list: string },
): ScopeProblem | null {
  const strangers = given.filter((name) => !names.includes(name));
  if (strangers.length === 0) return null;
  const meant = didYouMean(strangers.map((name) => mostSimilar(name, names)));
  const all =
    names.length > MOST_NAMED ? `vedette ${option} list shows all of them.` : `${list}: ${names.join(', ')}.`;
  return { option, message: `${absent} ${quoted(strangers)}.`, remedy: `${meant}${all}` };
}

export function strangeRegions(regions: readonly string[]): ScopeProblem | null {
  const strangers = regions.filter((region) => !isRegion(region));
  if (strangers.length === 0) return null;
  return {
    option: 'regions',
    message: `There is no AWS region named ${quoted(strangers)}.`,
    remedy: `${didYouMean(strangers.map(similarRegion))}Name regions as AWS does, for example eu-central-1.`,
  };
}

function didYouMean(names: readonly (string | undefined)[]): string {
  const known = [...new Set(names.filter((name) => name !== undefined))];
  return known.length === 0 ? '' : `Did you mean ${known.join(', ')}? `;
}

function quoted(names: readonly string[]): string {
  return names.map((name) => JSON.stringify(name)).join(', ');
}
