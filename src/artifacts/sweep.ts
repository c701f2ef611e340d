import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { decodeName } from './artifact-store.ts';

/** What is known of a run: whether any workflow of it is open. `unknown` when the server has never heard of it. */
export type RunState = 'open' | 'closed' | 'unknown';

const MINUTE_MS = 60_000;
/**
 * How long nothing may have been written. A server that does not know a run may have forgotten it, or it may be another
 * one than that which the run waits on.
 */
const AT_REST_MS = { closed: 10 * MINUTE_MS, unknown: 7 * 24 * 60 * MINUTE_MS } as const;

/**
 * Removes the folders of runs that have ended, which hosts and workers that never came back to them have left.
 *
 * @param root the folder that has one for each run
 * @returns the ids of those runs
 */
export async function sweepArtifacts(
  root: string,
  stateOf: (runId: string) => Promise<RunState>,
): Promise<string[]> {
  const swept: string[] = [];
  for (const name of await readdir(root).catch(() => [])) {
    const runId = decodeName(name);
    const state = await stateOf(runId);
    if (state === 'open' || Date.now() - (await lastWritten(join(root, name))) < AT_REST_MS[state]) continue;
    await rm(join(root, name), { recursive: true, force: true });
    swept.push(runId);
  }
  return swept;
}

/** The time of the newest file or folder below, and of the folder itself. */
async function lastWritten(folder: string): Promise<number> {
  const names = await readdir(folder, { recursive: true });
  const times = ['', ...names].map(async (name) => (await stat(join(folder, name))).mtimeMs);
  return Math.max(...(await Promise.all(times)));
}
