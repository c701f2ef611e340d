import { sourceConfig } from '../settings.ts';
import type { Config } from '../settings.ts';
import { sources } from '../sources/registry.ts';
import type { SourceOptions } from '../sources/source.ts';

export interface KnownSource {
  id: string;
  title: string;
  /** Null where services and regions are all that can be chosen. */
  choices: SourceOptions | null;
}

/** The sources that accounts can be scanned with, for people to choose from; first the one that is meant where none is named. */
export function knownSources(config: Config): Promise<KnownSource[]> {
  return Promise.all(
    sources.all.map(async (source) => ({
      id: source.id,
      title: source.title,
      choices: (await source.choices?.(sourceConfig(config, source))) ?? null,
    })),
  );
}
