import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packageRoot } from '../../src/package-root.ts';

export const VEDETTE = join(packageRoot(), 'bin', 'vedette.js');
const RECORDED = join(packageRoot(), 'simulated-aws', 'recorded');
const MOST_MS = 60_000;

export interface CliResult {
  code: number | null;
  stdout: string;
  stderr: string;
}

export interface RunningCli {
  child: ChildProcess;
  ended: Promise<CliResult>;
  /** What it has written to stderr so far. */
  told(): string;
}

/** A place of its own for the program: VEDETTE_HOME, a working directory, an AWS configuration, recorded scans. */
export interface CliHome {
  folder: string;
  home: string;
  environment: Record<string, string>;
  /** Runs the program to its end, at most a minute. */
  run(args: readonly string[], environment?: Record<string, string>): Promise<CliResult>;
  start(args: readonly string[], environment?: Record<string, string>, mostMs?: number): RunningCli;
  /** Writes the AWS configuration: for each profile what recorded-scout.js does for it. */
  profiles(sections: Readonly<Record<string, Readonly<Record<string, string>>>>): void;
  remove(): void;
}

export function createCliHome(more: Record<string, string> = {}): CliHome {
  const folder = mkdtempSync(join(tmpdir(), 'vedette cli-'));
  const home = join(folder, 'home');
  const cwd = join(folder, 'cwd');
  mkdirSync(cwd);
  const configFile = join(folder, 'aws-config');
  writeFileSync(configFile, '');
  const base = {
    PATH: process.env['PATH'] ?? '',
    HOME: process.env['HOME'] ?? '',
    LANG: 'C.UTF-8',
    VEDETTE_HOME: home,
    AWS_CONFIG_FILE: configFile,
    AWS_SHARED_CREDENTIALS_FILE: join(folder, 'aws-credentials'),
    VEDETTE_SCOUT_COMMAND: join(packageRoot(), 'simulated-aws', 'recorded-scout.js'),
    ...more,
  };
  const start = (
    args: readonly string[],
    environment: Record<string, string> = {},
    mostMs: number = MOST_MS,
  ): RunningCli =>
    startProgram(process.execPath, [VEDETTE, ...args], { ...base, ...environment }, cwd, mostMs);
  return {
    folder,
    home,
    environment: base,
    start,
    run: (args, environment) => start(args, environment).ended,
    profiles(sections) {
      const text = Object.entries(sections).map(([profile, settings]) => {
        const lines = Object.entries(settings).map(([name, value]) => `${name} = ${value}`);
        return [`[profile ${profile}]`, ...lines, ''].join('\n');
      });
      writeFileSync(configFile, text.join('\n'));
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Runs any program for at most so long. */
export function startProgram(
  command: string,
  args: readonly string[],
  environment: Record<string, string>,
  folder: string,
  mostMs: number = MOST_MS,
): RunningCli {
  const child = spawn(command, args, {
    cwd: folder,
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: mostMs,
    killSignal: 'SIGKILL',
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const ended = new Promise<CliResult>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, stdout, stderr }));
  });
  return { child, ended, told: () => stderr };
}

/** A recorded results file of simulated-aws. */
export function recorded(accountId: string, number: number): string {
  return join(RECORDED, `scoutsuite_results_aws-${accountId}-${number}.js`);
}

/** What differs from run to run, made the same: folders, run ids, durations, and with `times` also times. */
export function normalised(text: string, { folder }: CliHome, { times = false } = {}): string {
  const steady = text
    .replaceAll(folder, '<folder>')
    .replaceAll(packageRoot(), '<package>')
    .replaceAll(/run-\d{4}-\d\d-\d\d-\d{6}-[0-9a-f]{4}/g, '<run>')
    .replaceAll(/"durationMs": ?\d+/g, '"durationMs": 0')
    .replaceAll(/in \d+ ms/g, 'in 0 ms')
    .replaceAll(/127\.0\.0\.1:\d+/g, '<address>');
  if (!times) return steady;
  return steady
    .replaceAll(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g, '<time>')
    .replaceAll(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d/g, '<time>');
}

/** Waits until `look` answers something, at most `mostMs`. */
export async function until<Result>(
  look: () => Result | undefined | false,
  what: string,
  mostMs = 20_000,
): Promise<Result> {
  for (const deadline = Date.now() + mostMs; Date.now() < deadline;) {
    const found = look();
    if (found !== undefined && found !== false) return found;
    await new Promise((resolve) => {
      setTimeout(resolve, 25);
    });
  }
  throw new Error(`Not within ${mostMs} ms: ${what}`);
}
