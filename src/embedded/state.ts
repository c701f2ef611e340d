import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { VedetteError } from '../errors.ts';

const identity = z.object({ pid: z.number().int().positive(), startedAt: z.string() });
const stackState = z.object({
  supervisor: identity,
  /** Whether it stays until somebody ends it; else it ends with the command that has started it for its own use. */
  stays: z.boolean().default(false),
  version: z.string(),
  address: z.string(),
  uiUrl: z.string().optional(),
  /** Of the API and the dashboard. */
  apiUrl: z.string().optional(),
  ready: z.boolean(),
  children: z.record(z.string(), identity),
});

/** What `run/stack.json` says about the stack of a VEDETTE_HOME. */
export type StackState = z.output<typeof stackState>;

/** Where a VEDETTE_HOME keeps what belongs to its running stack. */
export function stackPlaces(home: string) {
  const run = join(home, 'run');
  const log = join(home, 'log');
  makeFolder(run);
  makeFolder(log);
  return {
    lock: join(run, 'supervisor.lock'),
    state: join(run, 'stack.json'),
    pid: (child: string) => join(run, `${child}.pid`),
    log: (child: string) => join(log, `${child}.log`),
  };
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    if (code === 'ENOSPC')
      throw new VedetteError('disk-full', `${folder} cannot be made: ${message}`, { cause });
    throw new VedetteError('stack-failed', `${folder} cannot be made: ${message}`, {
      remedy: 'Set VEDETTE_HOME to a folder that this user can write to.',
      cause,
    });
  }
}

export type StackPlaces = ReturnType<typeof stackPlaces>;

/** @returns undefined when there is none, or a damaged one */
export function readState({ state }: StackPlaces): StackState | undefined {
  try {
    return stackState.parse(JSON.parse(readFileSync(state, 'utf8')));
  } catch {
    return undefined;
  }
}

/** Also writes a pid file for each child. */
export function writeState(places: StackPlaces, state: StackState): void {
  for (const [child, { pid }] of Object.entries(state.children)) replace(places.pid(child), `${pid}\n`);
  replace(places.state, `${JSON.stringify(state, undefined, 2)}\n`);
}

export function removeState(places: StackPlaces, children: readonly string[]): void {
  for (const child of children) rmSync(places.pid(child), { force: true });
  rmSync(places.state, { force: true });
}

/** A reader sees the old content or the new one, never half of it. */
function replace(file: string, content: string): void {
  writeFileSync(`${file}.new`, content, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}
