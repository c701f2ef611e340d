import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, open, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { answers, choosePort } from '../../embedded/ports.ts';
import { VedetteError } from '../../errors.ts';
import { packageRoot } from '../../package-root.ts';
import { childEnvironment } from '../../processes/environment.ts';
import { ensureEnvironment } from '../../processes/python.ts';
import { runProcess } from '../../processes/run-process.ts';
import type { Config } from '../../settings.ts';

export interface SimulatedAccount {
  profile: string;
  accountId: string;
  /** Begins the names of everything in the account. */
  prefix: string;
  /** Regions that are filled; the scanner looks at all the others too. */
  regions: readonly string[];
}

/** 1: insecure; 2: some problems fixed, others new; 3: some fixed problems come back. */
export type Phase = 1 | 2 | 3;

export interface SimulatedAccounts {
  /** AWS configuration and credentials with one profile per account. */
  configFile: string;
  credentialsFile: string;
  /** A `scout` that reaches the accounts by the name of their profile; for `VEDETTE_SCOUT_COMMAND`. */
  scoutCommand: string;
  /** Changes all accounts at once to a phase; phases go in order, since one starts from the other's end. */
  seed(phase: Phase): Promise<void>;
  /** Ends the accounts, which live in memory only. */
  stop(): Promise<void>;
}

export interface SimulationInput {
  accounts: readonly SimulatedAccount[];
  /** `scout` of ScoutSuite's environment, whose Python the simulation's own `scout` runs with. */
  scout: string;
  /** Gets the AWS files, the logs and the `scout`. */
  folder: string;
  onProgress: (line: string) => void;
  signal: AbortSignal;
}

const FIRST_PORT = 5601;
const START_TIMEOUT_MS = 60_000;
/** The account servers check no signature; every profile has the same pair from AWS's own documentation. */
const KEY_PAIR = [
  'aws_access_key_id = AKIAIOSFODNN7EXAMPLE',
  'aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
];

/** Makes the Python environment of the simulated accounts; milliseconds when it is there. */
export async function installSimulation(
  config: Config,
  options: Pick<SimulationInput, 'onProgress' | 'signal'>,
): Promise<string> {
  const executables = await ensureEnvironment({
    requirementsFile: join(packageRoot(), 'python', 'moto.txt'),
    folder: join(config.general.home, 'moto'),
    ...options,
  });
  return join(executables, 'python');
}

/**
 * Starts one server per account on free ports of the loopback interface, all at once, and writes AWS files that lead
 * to them.
 *
 * @throws VedetteError `setup-failed` that names the log when a server does not start; those of `ensureEnvironment`.
 */
export async function startSimulatedAccounts(
  config: Config,
  input: SimulationInput,
): Promise<SimulatedAccounts> {
  const { accounts, folder, onProgress, signal } = input;
  const python = await installSimulation(config, { onProgress, signal });
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const ports = await freePorts(accounts.length);
  const servers: ChildProcess[] = [];
  const stop = async (): Promise<void> => {
    await Promise.all(servers.map(end));
  };
  try {
    await Promise.all(
      accounts.map(async ({ accountId }, index) => {
        servers.push(await startServer({ python, folder, accountId, port: ports[index] as number, signal }));
        onProgress(`simulated account ${accountId} on port ${ports[index]}`);
      }),
    );
    const files = await writeAwsFiles(folder, accounts, ports);
    const scoutCommand = await writeScout(input);
    const seedAccount = async (account: SimulatedAccount, index: number, phase: Phase): Promise<void> => {
      await seed({ python, account, phase, port: ports[index] as number, onProgress, signal });
    };
    return {
      ...files,
      scoutCommand,
      stop,
      seed: async (phase) => {
        await Promise.all(accounts.map((account, index) => seedAccount(account, index, phase)));
      },
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

interface ServerInput {
  python: string;
  folder: string;
  accountId: string;
  port: number;
  signal: AbortSignal;
}

async function startServer({ python, folder, accountId, port, signal }: ServerInput): Promise<ChildProcess> {
  const logFile = join(folder, `account-${accountId}.log`);
  const log = await open(logFile, 'w', 0o600);
  // It ends when its stdin closes, whatever ended this process.
  const server = spawn(python, [script('moto_for_scout.py'), String(port), '--tied'], {
    env: { ...childEnvironment(), MOTO_ACCOUNT_ID: accountId },
    stdio: ['pipe', log.fd, log.fd],
    detached: true,
  });
  let ended: string | undefined;
  server.once('error', (error) => {
    ended = error.message;
  });
  server.once('exit', (code, name) => {
    ended = name ?? `exit code ${code}`;
  });
  await log.close();
  const deadline = Date.now() + START_TIMEOUT_MS;
  while (!(await answers(`127.0.0.1:${port}`))) {
    if (ended !== undefined || signal.aborted || Date.now() > deadline) {
      await end(server);
      signal.throwIfAborted();
      throw new VedetteError(
        'setup-failed',
        `The simulated account ${accountId} did not start (${ended ?? 'no answer'}).`,
        { remedy: `Read ${logFile}.` },
      );
    }
    await sleep(50);
  }
  return server;
}

async function end(server: ChildProcess): Promise<void> {
  if (server.pid === undefined || server.exitCode !== null || server.signalCode !== null) return;
  const exited = once(server, 'exit');
  server.kill('SIGKILL');
  await exited;
}

async function freePorts(count: number): Promise<number[]> {
  const ports: number[] = [];
  for (let preferred = FIRST_PORT; ports.length < count; preferred += 1) {
    const port = await choosePort(preferred);
    if (!ports.includes(port)) ports.push(port);
  }
  return ports;
}

async function writeAwsFiles(
  folder: string,
  accounts: readonly SimulatedAccount[],
  ports: readonly number[],
): Promise<{ configFile: string; credentialsFile: string }> {
  const configFile = join(folder, 'config');
  const credentialsFile = join(folder, 'credentials');
  const sections = accounts.map(({ profile }, index) =>
    [
      `[profile ${profile}]`,
      'region = us-east-1',
      `endpoint_url = http://127.0.0.1:${ports[index]}`,
      '',
    ].join('\n'),
  );
  const credentials = accounts.map(({ profile }) => [`[${profile}]`, ...KEY_PAIR, ''].join('\n'));
  await writeFile(configFile, sections.join('\n'), { mode: 0o600 });
  await writeFile(credentialsFile, credentials.join('\n'), { mode: 0o600 });
  return { configFile, credentialsFile };
}

/** A shell script, since only one program and no arguments can be named as the scanner. */
async function writeScout({ folder, scout }: SimulationInput): Promise<string> {
  const file = join(folder, 'scout');
  const run = [join(scout, '..', 'python'), script('scout_in_simulation.py')].map(shellWord).join(' ');
  await writeFile(file, `#!/bin/sh\nexport NO_PROXY=127.0.0.1 no_proxy=127.0.0.1\nexec ${run} "$@"\n`);
  await chmod(file, 0o700);
  return file;
}

interface SeedInput {
  python: string;
  account: SimulatedAccount;
  phase: Phase;
  port: number;
  onProgress: (line: string) => void;
  signal: AbortSignal;
}

async function seed({ python, account, phase, port, onProgress, signal }: SeedInput): Promise<void> {
  const lines: string[] = [];
  const args = [
    script('seed_account.py'),
    String(phase),
    '--prefix',
    account.prefix,
    '--regions',
    ...account.regions,
  ];
  const { exitCode } = await runProcess(python, args, {
    environment: {
      ...childEnvironment(),
      AWS_CONFIG_FILE: '/dev/null',
      AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
      AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
      AWS_SECRET_ACCESS_KEY: 'testing',
      AWS_DEFAULT_REGION: 'us-east-1',
      AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`,
      NO_PROXY: '127.0.0.1',
      no_proxy: '127.0.0.1',
    },
    signal,
    onLine: (line) => lines.push(line),
  });
  if (exitCode === 0) {
    onProgress(`simulated account ${account.accountId}: ${lines.at(-1) ?? 'seeded'}`);
    return;
  }
  const lastLines = lines.slice(-15);
  throw new VedetteError(
    'setup-failed',
    `The simulated account ${account.accountId} could not be filled: ${lastLines.at(-1) ?? `exit code ${exitCode}`}`,
    { lastLines },
  );
}

function script(name: string): string {
  return join(packageRoot(), 'simulated-aws', name);
}

function shellWord(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
