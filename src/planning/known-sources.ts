import { sourceConfig } from '../settings.ts';
import type { Config } from '../settings.ts';
import { sources } from '../sources/registry.ts';
import { isScanner } from '../sources/source.ts';
import type { SourceOptions } from '../sources/source.ts';

export interface KnownSource {
  id: string;
  title: string;
  /** False where its results are only imported. */
  scans: boolean;
  /** Null where services and regions are all that can be chosen. */
  choices: SourceOptions | null;
}

/** The sources of events, for people to choose from; first the one that is meant where a run names none. */
export function knownSources(config: Config): Promise<KnownSource[]> {
  return Promise.all(
    sources.all.map(async (source) => ({
      id: source.id,
      title: source.title,
      scans: isScanner(source),
      choices: (isScanner(source) ? await source.choices?.(sourceConfig(config, source)) : null) ?? null,
    })),
  );
}
