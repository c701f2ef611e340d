import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import {
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readState, stackPlaces } from '../../src/embedded/state.ts';
import type { StackState } from '../../src/embedded/state.ts';
import { silent } from '../../src/log.ts';
import { packageRoot } from '../../src/package-root.ts';
import type { Config } from '../../src/settings.ts';
import { openMigratedStore } from '../../src/store/database/open.ts';
import { freePort, startMariaDb } from '../support/mariadb.ts';
import type { MariaDb } from '../support/mariadb.ts';
import { startSmtpSink } from '../support/smtp.ts';
import type { SmtpSink } from '../support/smtp.ts';
import { testConfig } from '../support/stores.ts';
import type { Database } from '../support/stores.ts';
import { comparable } from './compare.ts';
import type { Tables } from './compare.ts';
import { startProxy } from './switchable-proxy.ts';
import type { SwitchableProxy } from './switchable-proxy.ts';

const VEDETTE = join(packageRoot(), 'bin', 'vedette.js');
const SCOUT = join(packageRoot(), 'simulated-aws', 'recorded-scout.js');
const RECORDED = ['111111111111', '222222222222'];
const STOP_TIMEOUT_MS = 40_000;
/** What the world's programs get of this one's environment. */
const INHERITED = ['PATH', 'HOME', 'TMPDIR', 'GOPATH', 'LANG'];

/** A vedette of its own: folder, ports, database, mail server, AWS configuration. */
export interface World {
  home: string;
  config: Config;
  profiles: readonly string[];
  mail: { sink: SmtpSink; proxy: SwitchableProxy };
  /** Undefined for SQLite. */
  mariaDb: MariaDb | undefined;
  /** What the scanner finds from now on: the first, second … recorded scan of every profile. */
  showScan(number: number): void;
  /** Starts a vedette command; its output goes to `log/chaos.log` below the home. */
  vedette(...args: readonly string[]): ChildProcess;
  /** The last errors that commands have printed. */
  complaints(): string;
  /** What the stack says of itself. */
  stack(): StackState | undefined;
  /** Processes that work for this world, as `pid command`. */
  processes(): string[];
  contents(): Promise<Tables>;
  /** Files and folders that scans left. */
  leftovers(): string[];
  remove(): Promise<void>;
}

export interface WorldOptions {
  accounts: number;
  database: Database;
  /** How long the scanner takes for the profile, in seconds. */
  scanSeconds?: (index: number) => number;
  environment?: Readonly<Record<string, string>>;
}

export async function createWorld(options: WorldOptions): Promise<World> {
  const { accounts, scanSeconds = () => 0, environment = {} } = options;
  const home = mkdtempSync(join(tmpdir(), 'vedette-chaos-'));
  mkdirSync(join(home, 'log'));
  const mariaDb = options.database === 'mariadb' ? await startMariaDb() : undefined;
  const sink = await startSmtpSink();
  const proxy = await startProxy(sink.port);
  const profiles = Array.from({ length: accounts }, (_, index) => `account-${index + 1}`);
  const [port, uiPort] = [await freePort(), await freePort()];
  const settings: Record<string, string> = {
    VEDETTE_HOME: home,
    VEDETTE_SCOUT_COMMAND: SCOUT,
    VEDETTE_TEMPORAL_PORT: String(port),
    VEDETTE_TEMPORAL_UI_PORT: String(uiPort),
    AWS_CONFIG_FILE: join(home, 'aws-config'),
    AWS_SHARED_CREDENTIALS_FILE: join(home, 'aws-credentials'),
    ENABLE_EMAIL_NOTIFICATIONS: 'true',
    VEDETTE_MAIL_TRANSPORT: 'smtp',
    SMTP_HOST: 'localhost',
    SMTP_PORT: String(proxy.port),
    SMTP_FROM: 'vedette@example.com',
    VEDETTE_SMTP_CA: sink.caFile,
    EMAIL_RECIPIENTS: 'security@example.com',
    ...databaseSettings(mariaDb),
    ...environment,
  };
  writeFileSync(join(home, 'aws-credentials'), '');
  const config = testConfig({
    general: { home },
    ...(mariaDb === undefined
      ? {}
      : {
          database: {
            host: settings['DB_HOST'],
            port: settings['DB_PORT'],
            user: settings['DB_USER'],
            password: settings['DB_PASSWORD'],
            name: settings['DB_NAME'],
          },
        }),
  });
  const inherited = Object.fromEntries(INHERITED.map((name) => [name, process.env[name]]));
  const places = stackPlaces(home);
  const showScan = (number: number): void => {
    const sections = profiles.map((profile, index) =>
      [
        `[profile ${profile}]`,
        `recorded_account = ${RECORDED[index % RECORDED.length]}`,
        `sso_account_id = ${String(300_000_000_001 + index)}`,
        `recorded_scan = ${number}`,
        `recorded_delay_seconds = ${scanSeconds(index)}`,
        '',
      ].join('\n'),
    );
    writeFileSync(join(home, 'aws-config'), sections.join('\n'));
  };
  return {
    home,
    config,
    profiles,
    mail: { sink, proxy },
    mariaDb,
    showScan,
    vedette(...args) {
      const log = openSync(join(home, 'log', 'chaos.log'), 'a');
      const child = spawn(process.execPath, [VEDETTE, ...args], {
        cwd: home,
        env: { ...inherited, ...settings },
        stdio: ['ignore', log, log],
        detached: true,
      });
      closeSync(log);
      return child;
    },
    complaints() {
      const lines = readFileSync(join(home, 'log', 'chaos.log'), 'utf8').split('\n');
      return lines
        .filter((line) => line.startsWith('error:'))
        .slice(-3)
        .join(' | ');
    },
    stack: () => readState(places),
    processes: () => processesOf(home),
    async contents() {
      const store = await openMigratedStore(config, silent);
      try {
        return await comparable(store);
      } finally {
        await store.close();
      }
    },
    leftovers: () => filesBelow(join(home, 'artifacts')),
    async remove() {
      await endAll(home);
      await proxy.off();
      await sink.stop();
      await mariaDb?.stop();
      rmSync(home, { recursive: true, force: true });
    },
  };
}

function databaseSettings(mariaDb: MariaDb | undefined): Record<string, string> {
  if (mariaDb === undefined) return {};
  const { host, port, plain } = mariaDb.details;
  return {
    DB_HOST: host,
    DB_PORT: String(port),
    DB_USER: plain.user,
    DB_PASSWORD: plain.password,
    DB_NAME: 'vedette_chaos',
  };
}

/** Asks a process to end and waits for it, for as long as a worker may take with its scanners. */
export async function end(child: ChildProcess): Promise<void> {
  const ended = exit(child);
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS);
  await ended;
  clearTimeout(timer);
}

export function isRunning(child: ChildProcess | undefined): child is ChildProcess {
  return child !== undefined && child.exitCode === null && child.signalCode === null;
}

export function exit(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (!isRunning(child)) resolve();
    child.once('exit', () => resolve());
  });
}

function filesBelow(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true }).map(String);
  } catch {
    return [];
  }
}

/** Whatever names the home in its arguments or its environment. */
function processesOf(home: string): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .flatMap((pid) => {
      const command = textOf(`/proc/${pid}/cmdline`).replaceAll('\0', ' ');
      const works =
        command.includes(home) || textOf(`/proc/${pid}/environ`).includes(`VEDETTE_HOME=${home}\0`);
      return works ? [`${pid} ${command}`] : [];
    });
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

async function endAll(home: string): Promise<void> {
  for (const line of processesOf(home)) {
    try {
      process.kill(Number(line.split(' ')[0]), 'SIGKILL');
    } catch {
      // It went by itself.
    }
  }
}
