import { accessSync, constants, mkdirSync, readdirSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { readEnvironment } from '../config/env.ts';
import { VedetteError } from '../errors.ts';
import { childEnvironment } from '../processes/environment.ts';
import { runProcess } from '../processes/run-process.ts';
import type { Config } from '../settings.ts';

export const TEMPORAL_VERSION = 'v1.5.1';
const GO_MODULE = `github.com/temporalio/cli/cmd/temporal@${TEMPORAL_VERSION}`;
const EXECUTABLE = process.platform === 'win32' ? 'temporal.exe' : 'temporal';
/** Compiling one package, or linking all of them, is silent for minutes on a busy machine. */
const GO_SILENCE_MS = 15 * 60_000;
const GO_PROGRESS_EVERY_MS = 3000;
/** In what `go install -n` would do: the folder of one package that is still to be compiled. */
const PACKAGE_TO_BUILD = /^mkdir -p \$WORK\/b\d+\/$/;

type Environment = Readonly<Record<string, string | undefined>>;

interface Progress {
  onProgress?: (message: string) => void;
  signal?: AbortSignal;
}

/**
 * The `temporal` executable that is on this machine already: TEMPORAL_CLI, PATH, the Go bin folder, Temporal's own
 * folder, then our cache in VEDETTE_HOME.
 *
 * @returns undefined when there is none that runs
 * @throws VedetteError `temporal-missing` when TEMPORAL_CLI names something that does not run
 */
export async function findTemporal(
  config: Config,
  environment: Environment = readEnvironment(),
): Promise<string | undefined> {
  const { cli } = config.temporal;
  if (cli !== undefined) {
    if (await runs(cli)) return cli;
    throw new VedetteError('temporal-missing', `TEMPORAL_CLI names ${cli}, which cannot be run.`);
  }
  for (const candidate of candidates(config, environment)) {
    if (isExecutable(candidate) && (await runs(candidate))) return candidate;
  }
  return undefined;
}

/**
 * As `findTemporal`; where there is none it is downloaded, or else built with Go, into VEDETTE_HOME.
 *
 * @throws VedetteError `temporal-missing`, naming everything that was tried
 */
export async function ensureTemporal(config: Config, options: Progress = {}): Promise<string> {
  const { onProgress = () => undefined, signal = new AbortController().signal } = options;
  const found = await findTemporal(config);
  if (found !== undefined) return found;

  const cache = cacheFolder(config);
  mkdirSync(cache, { recursive: true, mode: 0o700 });
  const failures: string[] = [];
  for (const [what, make] of [
    [`download the temporal CLI ${TEMPORAL_VERSION}`, () => download(cache)],
    [
      `build it with Go (go install ${GO_MODULE}, minutes the first time)`,
      () => goInstall(cache, onProgress, signal),
    ],
  ] as const) {
    signal.throwIfAborted();
    onProgress(what);
    try {
      await make();
    } catch (error) {
      failures.push(`${what}: ${reasonOf(error)}`);
      continue;
    }
    const made = await findTemporal(config);
    if (made !== undefined) return made;
    failures.push(`${what}: the result does not run`);
  }
  signal.throwIfAborted();
  throw new VedetteError(
    'temporal-missing',
    'There is no Temporal server to use: TEMPORAL_ADDRESS and TEMPORAL_CLI are not set; no temporal executable on PATH, ' +
      `in the Go bin folder, in ~/.temporalio/bin or in ${cache}; ${failures.join('; ')}.`,
  );
}

function* candidates(config: Config, environment: Environment): Generator<string> {
  const home = environment.HOME ?? homedir();
  const goFolders = [
    environment.GOBIN,
    environment.GOPATH && join(environment.GOPATH, 'bin'),
    join(home, 'go', 'bin'),
  ];
  const folders = [...pathFolders(environment), ...goFolders, join(home, '.temporalio', 'bin')];
  for (const folder of folders) {
    if (folder !== undefined && folder !== '') yield join(folder, EXECUTABLE);
  }
  const cache = cacheFolder(config);
  yield join(cache, EXECUTABLE);
  for (const file of filesIn(cache)) if (file.startsWith('temporal-')) yield join(cache, file);
}

const cacheFolder = (config: Config): string => join(config.general.home, 'bin');

function pathFolders(environment: Environment): string[] {
  return (environment.PATH ?? '').split(delimiter);
}

function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

async function runs(executable: string): Promise<boolean> {
  const lines: string[] = [];
  const { exitCode } = await runProcess(executable, ['--version'], {
    environment: childEnvironment(),
    signal: new AbortController().signal,
    timeoutMs: 20_000,
    onLine: (line) => lines.push(line),
  });
  return exitCode === 0 && lines.some((line) => /temporal/i.test(line));
}

/** Loaded only here: Temporal's native library takes a moment, and is seldom needed for this. */
async function download(folder: string): Promise<void> {
  const { downloadTemporal } = await import('../client/temporal-download.ts');
  await downloadTemporal(folder, TEMPORAL_VERSION);
}

/**
 * Builds it with Go, for as long as that goes on. What was compiled stays in Go's cache: a build that was interrupted goes
 * on where it was.
 */
async function goInstall(
  folder: string,
  onProgress: (message: string) => void,
  signal: AbortSignal,
): Promise<void> {
  let toldAt = -Infinity;
  const tellSometimes = (message: string): void => {
    if (performance.now() - toldAt < GO_PROGRESS_EVERY_MS) return;
    toldAt = performance.now();
    onProgress(message);
  };
  const go = async (flag: '-n' | '-v', onLine: (line: string) => void): Promise<void> => {
    let lastLine = '';
    const { exitCode, startError, timedOut } = await runProcess('go', ['install', flag, GO_MODULE], {
      environment: { ...childEnvironment(['GO']), GOBIN: folder },
      signal,
      silenceMs: GO_SILENCE_MS,
      onLine: (line) => {
        lastLine = line;
        if (line.startsWith('go: downloading ')) tellSometimes(line);
        else onLine(line);
      },
    });
    if (exitCode === 0) return;
    const reason = startError?.code === 'ENOENT' ? 'not installed' : startError?.message;
    const ending = timedOut
      ? `nothing moved for ${GO_SILENCE_MS / 60_000} minutes; what was compiled is kept, starting again goes on there`
      : `exit code ${exitCode}: ${lastLine}`;
    throw new VedetteError('temporal-missing', reason ?? ending);
  };

  let packages = 0;
  await go('-n', (line) => {
    if (PACKAGE_TO_BUILD.test(line)) packages += 1;
  });
  let compiled = 0;
  await go('-v', (line) => {
    compiled += 1;
    tellSometimes(`${compiled} of ${packages} packages compiled: ${line}`);
  });
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
