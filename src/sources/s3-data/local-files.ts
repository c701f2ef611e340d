import { createReadStream } from 'node:fs';
import { lstat, open, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { VedetteError } from '../../errors.ts';
import { ContentProblem } from './content/problem.ts';
import { scanContent } from './content/scan-content.ts';
import type { ContentLimits, ContentMatch } from './content/scan-content.ts';
import type { DetectorSet } from './detectors/detector-set.ts';
import type { Shown } from './detectors/found.ts';

/** What the detectors say of local files, in the order of the files. */
export type LocalResult =
  | { kind: 'match'; file: string; match: ContentMatch & Shown }
  | { kind: 'problem'; file: string; member: string | null; problem: 'skipped' | 'failed'; reason: string }
  | { kind: 'file'; file: string; bytes: number; matches: number; isWhole: boolean };

export interface LocalScan {
  set: DetectorSet;
  limits: ContentLimits;
  signal: AbortSignal;
  /** Of one file that are given; the others are counted. */
  maxMatches: number;
}

const READ_BYTES = 256 * 1024;

/**
 * Looks for matches in files, and in all files of folders; links in folders are not followed.
 *
 * @throws VedetteError `usage` for a path that is not there; before anything else
 */
export async function* scanLocalFiles(
  paths: readonly string[],
  scan: LocalScan,
): AsyncGenerator<LocalResult> {
  for (const path of paths) await assertThere(path);
  for (const path of paths) {
    for await (const file of filesOf(path)) {
      scan.signal.throwIfAborted();
      yield* scanLocalFile(file, scan);
    }
  }
}

async function assertThere(path: string): Promise<void> {
  try {
    await stat(path);
  } catch (cause) {
    throw new VedetteError('usage', `${path} cannot be read.`, { cause, remedy: 'Name a file or a folder.' });
  }
}

async function* filesOf(path: string): AsyncGenerator<string> {
  if ((await stat(path)).isFile()) {
    yield path;
    return;
  }
  const names = (await readdir(path)).toSorted();
  for (const name of names) {
    const inner = join(path, name);
    const found = await lstat(inner);
    if (found.isDirectory()) yield* filesOf(inner);
    else if (found.isFile()) yield inner;
  }
}

async function* scanLocalFile(
  file: string,
  { set, limits, signal, maxMatches }: LocalScan,
): AsyncGenerator<LocalResult> {
  let waiting: LocalResult[] = [];
  let matches = 0;
  let isWhole = true;
  let bytes = 0;
  const notWhole = (member: string | null, problem: 'skipped' | 'failed', reason: string): void => {
    isWhole = false;
    waiting.push({ kind: 'problem', file, member, problem, reason });
  };
  const state = { isDone: false };
  let wake: () => void = () => undefined;
  const scanning = (async () => {
    const handle = await open(file);
    try {
      const { size } = await handle.stat();
      const read = async function* read(from: number, to: number): AsyncGenerator<Uint8Array> {
        if (to <= from) return;
        const options = { start: from, end: to - 1, highWaterMark: READ_BYTES };
        for await (const piece of createReadStream(file, options)) {
          // Whoever reads the results takes what is there before more is found.
          if (waiting.length > 0) {
            wake();
            await new Promise((resolve) => setImmediate(resolve));
          }
          yield piece as Buffer;
        }
      };
      const scanned = await scanContent({ size, read }, { set, limits, signal }, (match) => {
        matches += 1;
        if (matches <= maxMatches)
          waiting.push({ kind: 'match', file, match: { ...match, ...match.show() } });
      });
      bytes = scanned.bytes;
      for (const { member, kind, reason } of scanned.problems) notWhole(member, kind, reason);
    } catch (error) {
      if (signal.aborted) throw error;
      if (error instanceof ContentProblem) notWhole(null, error.kind, error.message);
      else if (isSystemError(error)) notWhole(null, 'failed', error.message);
      else throw error;
    } finally {
      await handle.close();
    }
  })();
  scanning
    .catch(() => undefined)
    .finally(() => {
      state.isDone = true;
      wake();
    });
  while (!state.isDone || waiting.length > 0) {
    if (waiting.length === 0) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
    const taken = waiting;
    waiting = [];
    yield* taken;
  }
  await scanning;
  if (matches > maxMatches) {
    isWhole = false;
    const reason = `${matches - maxMatches} more matches are counted only`;
    yield { kind: 'problem', file, member: null, problem: 'skipped', reason };
  }
  yield { kind: 'file', file, bytes, matches, isWhole };
}

function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'syscall' in error;
}
