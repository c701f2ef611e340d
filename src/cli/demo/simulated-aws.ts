import type { ChildProcess } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { choosePort } from '../../embedded/ports.ts';
import { packageRoot } from '../../package-root.ts';
import { ensureEnvironment } from '../../processes/python.ts';
import { endServer, startServer } from './account-server.ts';
import { writeAwsFiles } from './aws-files.ts';
import type { AwsFiles } from './aws-files.ts';
import { seedAccount } from './seed-account.ts';
import type { Phase, SimulatedAccount } from './simulated-account.ts';

export interface SimulatedAccounts extends AwsFiles {
  /** Changes all accounts at once to a phase; phases go in order, since one starts from the other's end. */
  seed(phase: Phase): Promise<void>;
  /** Where each account, in their order, also answers what moto does not know: costs, AWS Config, support and more. */
  endpoints: readonly string[];
  /** Ends the accounts, which live in memory only. */
  stop(): Promise<void>;
}

export interface SimulationInput {
  accounts: readonly SimulatedAccount[];
  /** Gets the AWS files and the logs. */
  folder: string;
  onProgress: (line: string) => void;
  signal: AbortSignal;
}

const FIRST_PORT = 5601;

/** Makes the Python environment of the simulated accounts below `home`; milliseconds when it is there. */
export async function installSimulation(
  home: string,
  options: Pick<SimulationInput, 'onProgress' | 'signal'>,
): Promise<string> {
  const executables = await ensureEnvironment({
    requirementsFile: join(packageRoot(), 'python', 'moto.txt'),
    folder: join(home, 'moto'),
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
  home: string,
  input: SimulationInput,
): Promise<SimulatedAccounts> {
  const { accounts, folder, onProgress, signal } = input;
  const python = await installSimulation(home, { onProgress, signal });
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const ports = await freePorts(2 * accounts.length);
  const urlAt = (index: number): string => `http://127.0.0.1:${ports[index]}`;
  const servers: ChildProcess[] = [];
  const stop = async (): Promise<void> => {
    await Promise.all(servers.map(endServer));
  };
  try {
    await Promise.all(
      accounts.map(async ({ accountId }, index) => {
        const server = { python, folder, accountId, signal };
        servers.push(await startServer({ ...server, port: ports[index] as number }));
        const port = ports[accounts.length + index] as number;
        servers.push(await startServer({ ...server, port, before: urlAt(index) }));
        onProgress(`simulated account ${accountId} on port ${ports[index]}`);
      }),
    );
    const profiles = accounts.map(({ profile }, index) => [
      profile,
      { region: 'us-east-1', endpoint_url: urlAt(index) },
    ]);
    return {
      ...(await writeAwsFiles(folder, Object.fromEntries(profiles))),
      endpoints: accounts.map((_, index) => urlAt(accounts.length + index)),
      stop,
      seed: async (phase) => {
        await Promise.all(
          accounts.map((account, index) =>
            seedAccount({ python, account, phase, port: ports[index] as number, onProgress, signal }),
          ),
        );
      },
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function freePorts(count: number): Promise<number[]> {
  const ports: number[] = [];
  for (let preferred = FIRST_PORT; ports.length < count; preferred += 1) {
    const port = await choosePort(preferred);
    if (!ports.includes(port)) ports.push(port);
  }
  return ports;
}
