import { sources } from '../sources/registry.ts';

/** The sources that accounts can be scanned with, for people to choose from; first the one that is meant where none is named. */
export function knownSources(): { id: string; title: string }[] {
  return sources.all.map(({ id, title }) => ({ id, title }));
}
