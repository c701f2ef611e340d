import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { VedetteError } from '../errors.ts';
import type { ArtifactRef } from '../model/artifact.ts';
import type { WorkContext } from '../work-context.ts';

/** Where the steps of a scan leave files for each other. */
export interface ArtifactStore {
  /** Name of the place that alone can open what is kept; null when every worker can. */
  holder(): Promise<string | null>;
  /** The local folder for one account's scan in one run; it exists when this returns. */
  folder(runId: string, profile: string): Promise<string>;
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
   * Ends a step's work in the local folder: removes what no other step will look for there.
   *
   * @param discard remove all of it; for a step that failed and will begin anew, perhaps with another worker
   */
  leave(runId: string, profile: string, options: { discard: boolean }): Promise<void>;
  /** Removes everything that one account's scan left. */
  remove(runId: string, profile: string, context: WorkContext): Promise<void>;
}

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
