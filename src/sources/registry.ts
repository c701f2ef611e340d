import { VedetteError } from '../errors.ts';
import type { SourceTitles } from '../model/run.ts';
import { DEFAULT_SOURCE } from '../model/source.ts';
import { checks } from './checks/index.ts';
import { detections } from './detections/index.ts';
import { prowler } from './prowler/index.ts';
import { s3Data } from './s3-data/index.ts';
import { scoutsuite } from './scoutsuite/index.ts';
import { isScanner } from './source.ts';
import type { NamedScope, Scanner, ScopeProblem, Source, SourceConfig } from './source.ts';

export { DEFAULT_SOURCE };

/** The sources that somebody works with. */
export interface Registry {
  all: readonly Source[];
  /** Those that accounts can be scanned with. */
  scanners: readonly Scanner[];
  /** What people call each. */
  titles: SourceTitles;
  /** @throws VedetteError `usage` that names the sources there are. */
  byId(id: string): Source;
  /** @throws VedetteError `usage` that names the sources that scan, where this one does not. */
  scannerById(id: string): Scanner;
  /**
   * The ids of scanners that somebody named, each once, in order; the default one where nobody named any.
   *
   * @throws VedetteError `usage` that names the sources that scan.
   */
  named(ids: readonly string[]): string[];
  /** The first thing that one of these sources cannot scan; null when they know all the names. */
  scopeProblem(ids: readonly string[], options: NamedScope, configOf: ConfigOf): ScopeProblem | null;
  /** @throws VedetteError `usage` where there is such a thing: a run would only find out in each account. */
  assertScope(ids: readonly string[], options: NamedScope, configOf: ConfigOf): void;
}

/** What a source is configured with. */
type ConfigOf = (source: Scanner) => SourceConfig;

export function createRegistry(all: readonly Source[]): Registry {
  const byId = (id: string): Source => {
    const source = all.find((candidate) => candidate.id === id);
    if (source !== undefined) return source;
    throw new VedetteError('usage', `There is no source named ${JSON.stringify(id)}.`, {
      remedy: `Sources: ${all.map((known) => known.id).join(', ')}.`,
    });
  };
  const scanners = all.filter(isScanner);
  const scannerById = (id: string): Scanner => {
    const source = all.find((candidate) => candidate.id === id);
    if (source !== undefined && isScanner(source)) return source;
    const problem =
      source === undefined
        ? `There is no source named ${JSON.stringify(id)}.`
        : `${source.title} does not scan: its results are only imported.`;
    const remedy =
      `Sources that scan: ${scanners.map((known) => known.id).join(', ')}.` +
      (source === undefined ? '' : ` vedette import reads results of ${source.title}.`);
    throw new VedetteError('usage', problem, { remedy });
  };
  const scopeProblem: Registry['scopeProblem'] = (ids, options, configOf) =>
    ids
      .map(scannerById)
      .map((source) => source.scopeProblem?.(options, configOf(source)) ?? null)
      .find((problem) => problem !== null) ?? null;
  return {
    all,
    scanners,
    titles: Object.fromEntries(all.map(({ id, title }) => [id, title])),
    byId,
    scannerById,
    named: (ids) => (ids.length === 0 ? [DEFAULT_SOURCE] : [...new Set(ids.map((id) => scannerById(id).id))]),
    scopeProblem,
    assertScope(ids, options, configOf) {
      const problem = scopeProblem(ids, options, configOf);
      if (problem !== null) throw new VedetteError('usage', problem.message, { remedy: problem.remedy });
    },
  };
}

/** Every source of the product; a new one is one more here, and its settings in `settings.ts`. */
export const sources = createRegistry([scoutsuite, checks, s3Data, detections, prowler]);
