import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { VedetteError } from '../errors.ts';
import type { ArtifactRef } from '../model/artifact.ts';
import type { WorkContext } from '../work-context.ts';

/** All batches of a scan that is collected in batches. */
export interface Batches {
  runId: string;
  scan: string;
  /** Names this time of collecting: batches of an earlier one, which was given up, are not among them. */
  collection: string;
  count: number;
}

/** One of them. */
export interface BatchPlace extends Omit<Batches, 'count'> {
  /** Counted from 0. */
  number: number;
}

/** Something that is kept for longer than its scan. */
export interface Retained {
  /** Its names, from the general to the particular. */
  names: readonly string[];
  sizeBytes: number;
  /** ISO 8601 in UTC. */
  keptAt: string;
}

/** Where the steps of a scan leave files for each other. `scan` is the name of the scan's folder within its run's. */
export interface ArtifactStore {
  /** Name of the place that alone can open what is kept; null when every worker can. */
  holder(): Promise<string | null>;
  /** The local folder for one account's scan in one run; it exists when this returns. */
  folder(runId: string, scan: string): Promise<string>;
  /**
   * Makes a file of that folder an artifact.
   *
   * @throws VedetteError `artifacts-unreachable` or `artifacts-refused`
   */
  keep(file: string, context: WorkContext): Promise<ArtifactRef>;
  /**
   * Local files with the content of these artifacts, under the names that they were kept by and beside each other
   * when they were. Gives the first one.
   *
   * @throws VedetteError `artifact-lost` when one is gone or is not what was kept; `artifacts-unreachable` or
   *   `artifacts-refused`.
   */
  open(artifacts: readonly [ArtifactRef, ...ArtifactRef[]], context: WorkContext): Promise<string>;
  /**
   * Makes a file of the scan's folder the artifact of one batch. Two attempts at a batch leave one each; either will do.
   *
   * @throws VedetteError as `keep`
   */
  keepBatch(file: string, batch: BatchPlace, context: WorkContext): Promise<void>;
  /**
   * Local files with the artifacts of all batches, one for each number from 0, in their order. A file is there until the
   * next one is asked for.
   *
   * @throws VedetteError `artifact-lost` when the artifact of a batch is gone, otherwise as `open`.
   */
  openBatches(batches: Batches, context: WorkContext): AsyncIterable<string>;
  /**
   * Ends a step's work in the local folder: removes what no other step will look for there.
   *
   * @param discard remove all of it; for a step that failed and will begin anew, perhaps with another worker
   */
  leave(runId: string, scan: string, options: { discard: boolean }): Promise<void>;
  /** Removes everything that one account's scan left. */
  remove(runId: string, scan: string, context: WorkContext): Promise<void>;
  /**
   * Removes everything that is left of runs whose ids begin so, where this store can see it.
   *
   * @param prefix not empty
   */
  removeRuns(prefix: string, context: WorkContext): Promise<void>;
  /**
   * Keeps a copy of an artifact for longer than its scan; what has these names is replaced.
   *
   * @param names four of them
   * @throws VedetteError as `open` and `keep`
   */
  retain(artifact: ArtifactRef, names: readonly string[], context: WorkContext): Promise<void>;
  /** Everything that is kept so, whose names begin with these. */
  retained(names: readonly string[], context: WorkContext): AsyncIterable<Retained>;
  /**
   * A local file with what is kept so; null when there is nothing of these names.
   *
   * @param folder where to put a copy, if one is needed
   */
  openRetained(names: readonly string[], folder: string, context: WorkContext): Promise<string | null>;
  removeRetained(names: readonly string[], context: WorkContext): Promise<void>;
}

/** Beside the folders of runs, whose names never are this. */
export const RETAINED = 'kept';
/** How many names something has that is kept. */
export const RETAINED_NAMES = 4;

/** The folder of one account's scan. Profile names are free text: encoded, so that none leads out of the folder. */
export function scanFolder(root: string, ...names: readonly string[]): string {
  return join(root, ...names.map(encodeName));
}

/** Everything but plain characters is encoded. */
export function encodeName(name: string): string {
  return encodeURIComponent(name).replaceAll('.', '%2E');
}

/** The name that was encoded. */
export function decodeName(encoded: string): string {
  return decodeURIComponent(encoded);
}

/** What tells whether a file is the one that was kept. */
export type Content = Omit<ArtifactRef, 'uri'>;

export async function contentOf(file: string): Promise<Content> {
  const [{ size }, sha256] = await Promise.all([stat(file), sha256Of(file)]);
  return { sha256, sizeBytes: size };
}

const DIGITS = 10;

/** Sorted by their names, artifacts are in the order of their batches. */
export function batchName(number: number, { sha256, sizeBytes }: Content): string {
  return `${String(number).padStart(DIGITS, '0')}-${sizeBytes}-${sha256}`;
}

/**
 * Chooses one artifact for each batch.
 *
 * @param names all that were kept, sorted
 * @throws VedetteError `artifact-lost` that names the first batch without one
 */
export async function* chooseBatches(
  names: AsyncIterable<string> | Iterable<string>,
  count: number,
): AsyncGenerator<Content & { name: string }> {
  let next = 0;
  for await (const name of names) {
    if (next === count) return;
    const [number, sizeBytes, sha256 = ''] = name.split('-');
    if (Number(number) < next) continue;
    if (Number(number) > next) break;
    yield { name, sizeBytes: Number(sizeBytes), sha256 };
    next += 1;
  }
  if (next < count) throw new VedetteError('artifact-lost', `What batch ${next} of ${count} left is gone.`);
}

/** @throws VedetteError `artifact-lost` when the file is not the one that was kept. */
export async function verify(file: string, { sizeBytes, sha256 }: ArtifactRef): Promise<void> {
  const found = await stat(file).catch(() => null);
  if (found === null) throw new VedetteError('artifact-lost', `${file} is gone.`);
  if (found.size !== sizeBytes || (await sha256Of(file)) !== sha256) {
    throw new VedetteError('artifact-lost', `${file} is not what the step before left.`);
  }
}

/** Lower-case hex. */
export async function sha256Of(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 })) hash.update(chunk as Buffer);
  return hash.digest('hex');
}
