import { spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, renameSync } from 'node:fs';
import { identify } from '../processes/identity.ts';
import type { ProcessIdentity } from '../processes/identity.ts';
import { tether } from '../processes/tether.ts';

export interface ChildSpec {
  name: string;
  command: string;
  args: readonly string[];
  environment: Readonly<Record<string, string | undefined>>;
  /** Working directory; by default ours. */
  folder?: string;
  /** Gets stdout and stderr, appended. */
  logFile: string;
  /** Opens a channel on which the child says `ready`. */
  channel: boolean;
  /** Between TERM and KILL. */
  graceMs: number;
}

export interface Child {
  /** Undefined when it could not be started at all. */
  identity: ProcessIdentity | undefined;
  /** Resolves with the first message of a child that has a channel. */
  ready: Promise<void>;
  /** Resolves, never rejects, with how it ended. */
  exited: Promise<string>;
}

/**
 * Starts a child in a process group of its own, so that Ctrl-C in the terminal reaches the supervisor only.
 * It gets TERM when the supervisor vanishes, even by SIGKILL.
 */
export function startChild(spec: ChildSpec): Child {
  const log = openSync(spec.logFile, 'a', 0o600);
  const child = spawn(spec.command, spec.args, {
    env: { ...spec.environment },
    cwd: spec.folder,
    stdio: spec.channel ? ['ignore', log, log, 'ipc'] : ['ignore', log, log],
    detached: true,
  });
  closeSync(log);
  const letGo = child.pid === undefined ? undefined : tether(child.pid);
  return {
    identity: child.pid === undefined ? undefined : identify(child.pid),
    ready: new Promise((resolve) => {
      child.once('message', () => resolve());
    }),
    exited: new Promise((resolve) => {
      const end = (how: string): void => {
        letGo?.();
        resolve(how);
      };
      child.once('error', (error) => end(error.message));
      child.once('exit', (code, signal) => end(signal === null ? `exit code ${code}` : signal));
    }),
  };
}

/** Whether a child ended, by what `exited` says, because somebody killed it. */
export function wasKilled(end: string): boolean {
  return end.startsWith('SIG');
}

/** The log starts afresh; the one before is kept beside it. */
export function rotateLog(file: string): void {
  if (existsSync(file)) renameSync(file, `${file}.1`);
}

export function lastLines(file: string, count = 15): string[] {
  return readFileSync(file, 'utf8').trimEnd().split('\n').slice(-count);
}
