/** What the benchmarks share: folders, databases and whole processes with their time and memory. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packageRoot } from '../src/package-root.ts';
import type { Config } from '../src/settings.ts';
import { startMariaDb } from '../test/support/mariadb.ts';
import { startMySql } from '../test/support/mysql.ts';
import { DATABASES, testConfig } from '../test/support/stores.ts';
import type { Database } from '../test/support/stores.ts';

/** Named figures; names carry their unit. */
export interface Figures {
  [name: string]: number | string | Figures;
}

export interface Sizes {
  /** Events of a large scan. */
  items: number;
  /** Of a large results file. */
  bytes: number;
  databases: readonly Database[];
}

export const FULL: Sizes = { items: 1_000_000, bytes: 2 ** 30, databases: DATABASES };
/** Enough to see that everything runs. */
export const QUICK: Sizes = { items: 20_000, bytes: 2 ** 26, databases: DATABASES };

export async function inFolder<Result>(work: (folder: string) => Promise<Result>): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), 'vedette-bench-'));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Room for a million events and their indexes in memory; every commit reaches the disk. */
const SERVER_SETTINGS = ['--innodb-buffer-pool-size=2G', '--innodb-flush-log-at-trx-commit=1'];

/** How each is started, what its log is called, and where the tests' databases look for it. */
const SERVERS = {
  mariadb: { start: startMariaDb, log: '--innodb-log-file-size=1G', variable: 'VEDETTE_TEST_MARIADB' },
  mysql: { start: startMySql, log: '--innodb-redo-log-capacity=1G', variable: 'VEDETTE_TEST_MYSQL' },
} as const;

/** With a server of its own where it is not the embedded database; `environment` leads `vedette` to the database. */
export async function withDatabases<Result>(
  kinds: readonly Database[],
  work: (kind: Database, environment: Record<string, string>, folder: string) => Promise<Result>,
): Promise<Record<string, Result>> {
  const results: Record<string, Result> = {};
  for (const kind of kinds) {
    results[kind] = await inFolder(async (folder) => {
      if (kind === 'sqlite') return work(kind, { VEDETTE_HOME: folder }, folder);
      const { start, log, variable } = SERVERS[kind];
      const server = await start([...SERVER_SETTINGS, log]);
      process.env[variable] = JSON.stringify(server.details);
      const { host, port, plain } = server.details;
      const environment = {
        VEDETTE_HOME: folder,
        DB_HOST: host,
        DB_PORT: String(port),
        DB_USER: plain.user,
        DB_PASSWORD: plain.password,
        DB_NAME: 'vedette_bench',
      };
      try {
        return await work(kind, environment, folder);
      } finally {
        await server.stop();
      }
    });
  }
  return results;
}

/** The configuration that `vedette` has with this environment. */
export function configOf(environment: Readonly<Record<string, string>>): Config {
  return testConfig({
    general: { home: environment['VEDETTE_HOME'] },
    database: {
      host: environment['DB_HOST'],
      port: environment['DB_PORT'],
      user: environment['DB_USER'],
      password: environment['DB_PASSWORD'],
      name: environment['DB_NAME'],
    },
  });
}

export interface ProcessFigures {
  seconds: number;
  cpuSeconds: number;
  peakMiB: number;
  stdout: string;
}

/** Loaded before the program, tells what the process needed when it ends. */
const TELLING = `data:text/javascript,${encodeURIComponent(
  "import { writeFileSync } from 'node:fs';" +
    "process.on('exit', () => writeFileSync(process.env.BENCH_USAGE, JSON.stringify(process.resourceUsage())));",
)}`;

/** One `vedette` command as a whole process, of the built program, which may tell how far it is. Throws when it fails. */
export async function vedette(
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
  { discard = false, tells = false } = {},
): Promise<ProcessFigures> {
  return inFolder(async (folder) => {
    const usageFile = join(folder, 'usage.json');
    const started = performance.now();
    const child = spawn(
      process.execPath,
      ['--import', TELLING, join(packageRoot(), 'bin', 'vedette.js'), ...args],
      {
        env: { PATH: process.env['PATH'], HOME: process.env['HOME'], BENCH_USAGE: usageFile, ...environment },
        stdio: ['ignore', discard ? 'ignore' : 'pipe', 'pipe'],
      },
    );
    let stdout = '';
    let stderr = '';
    child.stdout?.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr?.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    if (tells) child.stderr?.pipe(process.stderr);
    const [exitCode] = (await once(child, 'close')) as [number | null];
    const seconds = (performance.now() - started) / 1000;
    if (exitCode !== 0) throw new Error(`vedette ${args.join(' ')} ended with ${exitCode}:\n${stderr}`);
    const usage = JSON.parse(readFileSync(usageFile, 'utf8')) as NodeJS.ResourceUsage;
    return {
      seconds,
      cpuSeconds: (usage.userCPUTime + usage.systemCPUTime) / 1e6,
      peakMiB: usage.maxRSS / 1024,
      stdout,
    };
  });
}

export async function timed(work: () => unknown): Promise<number> {
  const started = performance.now();
  await work();
  return (performance.now() - started) / 1000;
}

/** Rounded to three digits: more would only look exact. */
export function round(figure: number): number {
  return Number(figure.toPrecision(3));
}

/** The value that so large a share of the values is below; the median for a half. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
}

export function spread(values: readonly number[]): Figures {
  const at = (share: number) => round(quantile(values, share));
  return { runs: values.length, median: at(0.5), p99: at(0.99), max: at(1) };
}

/** How fast the disk of the temporary folder takes a file, flushed to it, in MB/s. */
export async function diskRate(folder: string): Promise<number> {
  const block = Buffer.alloc(2 ** 28, 'x');
  const seconds = await timed(() => writeFileSync(join(folder, 'disk'), block, { flush: true }));
  return block.length / 1e6 / seconds;
}
