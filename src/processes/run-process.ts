import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';
import { tether } from './tether.ts';

export interface ProcessOptions {
  /** The whole environment of the program. */
  environment: Readonly<Record<string, string>>;
  /** Its working directory. */
  folder?: string;
  /** Aborted when it is to stop: TERM to its process group, KILL after `graceMs`. */
  signal: AbortSignal;
  timeoutMs?: number;
  /** It is stopped, as by `timeoutMs`, when it says nothing for so long. */
  silenceMs?: number;
  graceMs?: number;
  onStart?: (pid: number) => void;
  /** Called with each line of its output, without terminal control characters. */
  onLine?: (line: string) => void;
}

export interface ProcessResult {
  /** Null when a signal ended it, or when it did not start. */
  exitCode: number | null;
  endedBy: NodeJS.Signals | null;
  timedOut: boolean;
  /** Why it could not be started. */
  startError: NodeJS.ErrnoException | undefined;
}

const MAX_LINE_LENGTH = 4000;
/** For output that is still on its way when the program has exited. */
const DRAIN_MS = 1000;
/** The longest delay a timer takes. */
const MAX_TIMEOUT_MS = 2 ** 31 - 1;

/**
 * Runs a program in a process group of its own, with stdin closed. Returns when the program has exited and nothing of its
 * group is left; the group also ends when this process is killed. What the program has put into a session of its own, such
 * as an agent that is meant to stay, is left alone: it is not waited for, and nobody listens any more to what it says.
 * How the program ended is the result, never an exception, except that an aborted signal is thrown when the group is gone.
 */
export async function runProcess(
  command: string,
  args: readonly string[],
  { environment, folder, signal, timeoutMs, silenceMs, graceMs = 5000, onStart, onLine }: ProcessOptions,
): Promise<ProcessResult> {
  signal.throwIfAborted();
  const child = spawn(command, args, {
    env: { ...environment },
    ...(folder === undefined ? {} : { cwd: folder }),
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  let startError: NodeJS.ErrnoException | undefined;
  child.once('error', (error) => {
    startError = error;
  });
  if (child.pid === undefined) {
    // Not by `once` of node:events, which would throw the error.
    await new Promise((resolve) => {
      child.once('close', resolve);
    });
    return { exitCode: null, endedBy: null, timedOut: false, startError };
  }
  const letGo = tether(-child.pid, Math.ceil(graceMs / 1000));

  let timedOut = false;
  let killTimer: NodeJS.Timeout | undefined;
  let hangUp: NodeJS.Timeout | undefined;
  const stop = (): void => {
    signalGroup(child, 'SIGTERM');
    killTimer ??= setTimeout(() => signalGroup(child, 'SIGKILL'), graceMs);
  };
  const giveUp = (): void => {
    timedOut = true;
    stop();
  };
  const timer = setTimeout(giveUp, Math.min(timeoutMs ?? MAX_TIMEOUT_MS, MAX_TIMEOUT_MS));
  const silence = setTimeout(giveUp, Math.min(silenceMs ?? MAX_TIMEOUT_MS, MAX_TIMEOUT_MS));
  for (const stream of [child.stdout, child.stderr]) {
    readLines(stream, (line) => {
      silence.refresh();
      onLine?.(line);
    });
  }
  signal.addEventListener('abort', stop, { once: true });
  child.once('exit', () => {
    clearTimeout(timer);
    clearTimeout(silence);
    signalGroup(child, 'SIGKILL');
    hangUp = setTimeout(() => closeOutput(child), DRAIN_MS);
  });
  try {
    onStart?.(child.pid);
    const [exitCode, endedBy] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
    signal.throwIfAborted();
    return { exitCode, endedBy, timedOut, startError };
  } finally {
    letGo();
    clearTimeout(timer);
    clearTimeout(silence);
    clearTimeout(killTimer);
    clearTimeout(hangUp);
    signal.removeEventListener('abort', stop);
  }
}

function signalGroup(child: ChildProcess, name: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, name);
  } catch {
    // Nothing of the group is left.
  }
}

/** Whoever else holds the other end. What has arrived by now is read first, also where this process was too busy to. */
function closeOutput({ stdout, stderr }: ChildProcess): void {
  setImmediate(() => {
    stdout?.destroy();
    stderr?.destroy();
  });
}

function readLines(stream: Readable, onLine: (line: string) => void): void {
  let rest = '';
  const tell = (text: string): void => {
    const line = stripVTControlCharacters(text).trimEnd();
    if (line !== '') onLine(line.slice(0, MAX_LINE_LENGTH));
  };
  stream.setEncoding('utf8');
  stream.on('data', (chunk: string) => {
    const lines = (rest + chunk).split(/\r\n|\n|\r/);
    rest = (lines.pop() ?? '').slice(0, MAX_LINE_LENGTH);
    lines.forEach(tell);
  });
  stream.on('close', () => tell(rest));
}
