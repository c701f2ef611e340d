import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { answers } from '../../embedded/ports.ts';
import { VedetteError } from '../../errors.ts';
import { packageRoot } from '../../package-root.ts';
import { childEnvironment } from '../../processes/environment.ts';

const START_TIMEOUT_MS = 60_000;

export interface ServerInput {
  python: string;
  folder: string;
  accountId: string;
  port: number;
  signal: AbortSignal;
  /** Where moto answers for the account: then the server is the one before it, which knows what moto does not. */
  before?: string;
}

/**
 * Starts the server that is one simulated account.
 *
 * @throws VedetteError `setup-failed` that names the log when it does not start.
 */
export async function startServer({
  python,
  folder,
  accountId,
  port,
  signal,
  before,
}: ServerInput): Promise<ChildProcess> {
  const logFile = join(folder, `${before === undefined ? 'account' : 'figures'}-${accountId}.log`);
  const log = await open(logFile, 'w', 0o600);
  // It ends when its stdin closes, whatever ended this process.
  const server = spawn(python, programOf(port, before), {
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
      await endServer(server);
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

function programOf(port: number, before: string | undefined): string[] {
  const folder = join(packageRoot(), 'simulated-aws');
  return before === undefined
    ? [join(folder, 'moto_for_scout.py'), String(port), '--tied']
    : [join(folder, 'overlay.py'), String(port), '--tied', '--moto', before, '--forward-all'];
}

/** Ends it, and what is in the account with it. */
export async function endServer(server: ChildProcess): Promise<void> {
  if (server.pid === undefined || server.exitCode !== null || server.signalCode !== null) return;
  const exited = once(server, 'exit');
  server.kill('SIGKILL');
  await exited;
}
