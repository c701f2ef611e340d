import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { readEnvironment } from '../config/env.ts';
import { VedetteError } from '../errors.ts';
import { childEnvironment } from './environment.ts';
import type { Lock } from './file-lock.ts';
import { tryLock } from './file-lock.ts';
import { runProcess } from './run-process.ts';

export interface Python {
  /** The interpreter itself, no shim. */
  executable: string;
  /** For example `3.11.7`. */
  version: string;
}

export interface EnvironmentInput {
  /** A fully pinned requirements file with hashes. */
  requirementsFile: string;
  /** The environment's folder; its parent holds the lock and the half-made one. */
  folder: string;
  onProgress: (line: string) => void;
  signal: AbortSignal;
}

/** Minor versions of Python 3 that the pinned packages run on, best first. */
const MINORS = [11, 12, 10, 13];
const PYTHON_REMEDY =
  'Install Python 3.10, 3.11, 3.12 or 3.13 with its venv module (Debian, Ubuntu: apt-get install python3 python3-venv).';
const PROBE = 'import ensurepip, json, sys, venv; print(json.dumps([sys.executable, *sys.version_info[:3]]))';
const STAMP = 'complete.json';
const LOCK_POLL_MS = 250;
const KEPT_LINES = 15;

/**
 * Finds a Python that can make environments: on PATH, then among pyenv's versions.
 *
 * @throws VedetteError `python-missing`, naming everything that was tried and what was wrong with it.
 */
export async function findPython(signal: AbortSignal): Promise<Python> {
  const tried: string[] = [];
  for (const command of [
    ...MINORS.map((minor) => `python3.${minor}`),
    'python3',
    'python',
    ...(await pyenvs()),
  ]) {
    const result = await probe(command, signal);
    if (typeof result !== 'string') return result;
    tried.push(`${command}: ${result}`);
  }
  throw new VedetteError('python-missing', `No usable Python was found (${tried.join('; ')}).`, {
    remedy: PYTHON_REMEDY,
  });
}

/**
 * Makes a virtual environment from a requirements file, unless the folder already holds just that one, which takes
 * milliseconds. Safe for several processes at once; an environment that was left half-made is made again.
 *
 * @returns the folder of its executables
 * @throws VedetteError `python-missing`, or `setup-failed` with the last lines of pip.
 */
export async function ensureEnvironment(input: EnvironmentInput): Promise<string> {
  const executables = join(input.folder, 'bin');
  const requirements = await hashOf(input.requirementsFile);
  if (await isComplete(input.folder, requirements)) return executables;
  await mkdir(dirname(input.folder), { recursive: true, mode: 0o700 });
  const lock = await waitForLock(input);
  try {
    if (!(await isComplete(input.folder, requirements))) await build(input, requirements);
  } finally {
    lock.release();
  }
  return executables;
}

/** Whether `ensureEnvironment` would find nothing to do. */
export async function isEnvironmentReady(folder: string, requirementsFile: string): Promise<boolean> {
  return isComplete(folder, await hashOf(requirementsFile));
}

async function build(
  { folder, requirementsFile, onProgress, signal }: EnvironmentInput,
  requirements: string,
): Promise<void> {
  const python = await findPython(signal);
  onProgress(`Python ${python.version} (${python.executable})`);
  // Executables of an environment name their own path: it is made in its place, and only the stamp makes it valid.
  await rm(folder, { recursive: true, force: true });
  await install(python.executable, ['-m', 'venv', folder], { onProgress, signal });
  const environmentPython = join(folder, 'bin', 'python');
  const pip = [
    '-m',
    'pip',
    'install',
    '--no-deps',
    '--require-hashes',
    '--no-input',
    '--progress-bar',
    'off',
  ];
  await install(environmentPython, [...pip, '--disable-pip-version-check', '-r', requirementsFile], {
    onProgress,
    signal,
  });
  const stamp = join(folder, STAMP);
  await writeFile(`${stamp}.new`, JSON.stringify({ requirements, python }));
  await rename(`${stamp}.new`, stamp);
}

async function install(
  command: string,
  args: readonly string[],
  { onProgress, signal }: Pick<EnvironmentInput, 'onProgress' | 'signal'>,
): Promise<void> {
  const lines: string[] = [];
  const { exitCode } = await runProcess(command, args, {
    environment: childEnvironment(['PIP_']),
    signal,
    onLine: (line) => {
      lines.push(line);
      if (lines.length > KEPT_LINES) lines.shift();
      onProgress(line.trim());
    },
  });
  if (exitCode === 0) return;
  const full = lines.some((line) => /no space left on device|errno 28/i.test(line));
  throw new VedetteError(
    full ? 'disk-full' : 'setup-failed',
    `${basename(command)} ${args.slice(0, 3).join(' ')} failed: ${lines.join('\n')}`,
    { lastLines: lines },
  );
}

async function isComplete(folder: string, requirements: string): Promise<boolean> {
  try {
    const stamp = JSON.parse(await readFile(join(folder, STAMP), 'utf8')) as {
      requirements?: string;
      python?: Python;
    };
    // The interpreter it was made from may have been removed since.
    return stamp.requirements === requirements && existsSync(join(folder, 'bin', 'python'));
  } catch {
    return false;
  }
}

async function hashOf(file: string): Promise<string> {
  return createHash('sha256')
    .update(await readFile(file))
    .digest('hex');
}

async function waitForLock({ folder, onProgress, signal }: EnvironmentInput): Promise<Lock> {
  for (let attempt = 0; ; attempt += 1) {
    const lock = tryLock(`${folder}.lock`);
    if (lock !== undefined) return lock;
    if (attempt === 0) onProgress(`waiting: another process is making ${folder}`);
    await sleep(LOCK_POLL_MS, undefined, { signal });
  }
}

/** @returns the interpreter, or what is wrong with it */
async function probe(command: string, signal: AbortSignal): Promise<Python | string> {
  const lines: string[] = [];
  const result = await runProcess(command, ['-c', PROBE], {
    environment: childEnvironment(),
    signal,
    timeoutMs: 20_000,
    onLine: (line) => lines.push(line),
  });
  if (result.startError !== undefined) return 'not found';
  const answer = parseProbe(lines.at(-1) ?? '');
  if (result.exitCode !== 0 || answer === undefined) {
    const missing = lines.find((line) => /No module named/.test(line));
    return missing === undefined ? 'does not run' : `has no ${/'(\w+)'/.exec(missing)?.[1] ?? 'venv'} module`;
  }
  const [executable, major, minor, patch] = answer;
  const version = `${major}.${minor}.${patch}`;
  return major === 3 && MINORS.includes(minor) ? { executable, version } : `is ${version}`;
}

function parseProbe(line: string): [string, number, number, number] | undefined {
  try {
    return JSON.parse(line) as [string, number, number, number];
  } catch {
    return undefined;
  }
}

async function pyenvs(): Promise<string[]> {
  const versions = join(readEnvironment()['PYENV_ROOT'] ?? join(homedir(), '.pyenv'), 'versions');
  const names = await readdir(versions).catch(() => []);
  return MINORS.flatMap((minor) => names.filter((name) => name.startsWith(`3.${minor}.`))).map((name) =>
    join(versions, name, 'bin', 'python3'),
  );
}
