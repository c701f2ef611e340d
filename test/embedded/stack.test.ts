import { execFile, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { answers } from '../../src/embedded/ports.ts';
import { ensureStack, findStack } from '../../src/embedded/stack.ts';
import type { Stack, StackOptions } from '../../src/embedded/stack.ts';
import { ensureTemporal } from '../../src/embedded/temporal-executable.ts';
import { silent } from '../../src/log.ts';
import { identify, isAlive } from '../../src/processes/identity.ts';
import { loadConfig } from '../../src/settings.ts';
import type { Config } from '../../src/settings.ts';

const here = fileURLToPath(new URL('.', import.meta.url));
const fakeWorker = [process.execPath, join(here, 'fake-worker.js')] as const;

/** Each home would build its own. */
let executable: string;
let home: string;
let stopped: AbortController;
const stacks: Stack[] = [];
const owners: ChildProcess[] = [];

beforeAll(async () => {
  executable = await ensureTemporal(loadConfig().config);
});
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'vedette-stack-'));
  stopped = new AbortController();
});

afterEach(async () => {
  for (const stack of stacks.splice(0)) await stack.stop();
  for (const owner of owners.splice(0)) owner.kill('SIGKILL');
  await until(() => !existsSync(join(home, 'run/temporal.pid')) || !isRunning('temporal'));
  rmSync(home, { recursive: true, force: true });
});

async function ensure(options: Partial<StackOptions> & { config?: Config } = {}): Promise<Stack> {
  const { config = configOf(), ...others } = options;
  const stack = await ensureStack(config, {
    logger: silent,
    signal: stopped.signal,
    workerCommand: fakeWorker,
    ...others,
  });
  stacks.push(stack);
  return stack;
}

function configOf(temporal: { address?: string; port?: number; uiPort?: number } = {}): Config {
  return loadConfig({ general: { home }, temporal: { cli: executable, ...temporal } }, home).config;
}

const pidOf = (child: string): number => Number(readFileSync(join(home, `run/${child}.pid`), 'utf8'));
const isRunning = (child: string): boolean => identify(pidOf(child)) !== undefined;
const notes = (): string[] => readFileSync(join(home, 'worker-notes'), 'utf8').trim().split('\n');

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 15_000;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`not within 15 s: ${condition.toString()}`);
    await sleep(25);
  }
}

async function temporalCli(stack: Pick<Stack, 'address'>, ...args: string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(executable, [...args, '--address', stack.address]);
  return stdout;
}

async function startOwner(): Promise<{ owner: ChildProcess; stack: Pick<Stack, 'address'> }> {
  const loader = fileURLToPath(new URL('../support/typescript.js', import.meta.url));
  const owner = spawn(process.execPath, ['--import', loader, join(here, 'own-stack.js')], {
    env: { ...process.env, VEDETTE_HOME: home, TEMPORAL_CLI: executable, TEMPORAL_ADDRESS: '' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  owners.push(owner);
  const [line] = (await once(owner.stdout, 'data')) as [Buffer];
  return { owner, stack: JSON.parse(line.toString()) as Stack };
}

describe('a stack of our own', () => {
  test('starts a server and a worker, is reused while it runs, and leaves nothing when it stops', async () => {
    const stack = await ensure();
    expect(stack.owned).toBe(true);
    expect(await answers(stack.address)).toBe(true);
    expect((await fetch(String(stack.uiUrl))).status).toBe(200);
    expect(notes()).toEqual([`started ${stack.address}`]);
    const processes = ['temporal', 'worker'].map((child) => identify(pidOf(child)));

    const second = await ensure();
    expect(second).toMatchObject({ address: stack.address, uiUrl: stack.uiUrl, owned: false });
    await second.stop();
    expect(await findStack(configOf(), silent)).toMatchObject({ address: stack.address });

    await stack.stop();
    for (const each of processes) expect(each && isAlive(each)).toBe(false);
    expect(notes()).toEqual([`started ${stack.address}`, 'ended']);
    for (const file of ['stack.json', 'temporal.pid', 'worker.pid']) {
      expect(existsSync(join(home, 'run', file))).toBe(false);
    }
    expect(await answers(stack.address)).toBe(false);
    expect(await findStack(configOf(), silent)).toBeUndefined();
  });

  test('is started once when two want it at the same time', async () => {
    const both = await Promise.all([ensure(), ensure()]);
    expect(both.filter(({ owned }) => owned)).toHaveLength(1);
    expect(new Set(both.map(({ address }) => address)).size).toBe(1);
    expect(notes()).toHaveLength(1);
  });

  test('is started again, on the same state, after its owner stopped it', async () => {
    const first = await ensure();
    await temporalCli(
      first,
      'workflow',
      'start',
      '--type',
      'any',
      '--task-queue',
      'none',
      '--workflow-id',
      'kept',
    );
    await first.stop();
    const second = await ensure();
    expect(second.owned).toBe(true);
    expect(await temporalCli(second, 'workflow', 'describe', '--workflow-id', 'kept')).toMatch(
      /WorkflowId +kept/,
    );
  });

  test('takes free ports where the preferred ones are taken', async () => {
    const others = [createServer(), createServer()];
    for (const other of others) await once(other.listen(0, '127.0.0.1'), 'listening');
    const [port, uiPort] = others.map((other) => (other.address() as AddressInfo).port) as [number, number];
    try {
      const stack = await ensure({ config: configOf({ port, uiPort }) });
      expect(stack.address).not.toBe(`127.0.0.1:${port}`);
      expect(stack.uiUrl).not.toBe(`http://127.0.0.1:${uiPort}`);
      expect(await temporalCli(stack, 'operator', 'cluster', 'health')).toContain('SERVING');
    } finally {
      for (const other of others) other.close();
    }
  });
});

describe('when a process dies', () => {
  test('a killed worker and a killed server are started again, the server at its address', async () => {
    const stack = await ensure();
    for (const child of ['worker', 'temporal']) {
      const killed = pidOf(child);
      process.kill(killed, 'SIGKILL');
      await until(() => pidOf(child) !== killed && isRunning(child));
    }
    await until(() => answers(stack.address));
    expect(notes()).toEqual([`started ${stack.address}`, `started ${stack.address}`]);
  });

  test.each(['temporal', 'worker'])(
    'a %s that is killed while it starts delays the start only',
    async (child) => {
      const slowWorker = ['/bin/sh', '-c', 'sleep 1; exec "$0" "$@"', ...fakeWorker] as const;
      const started = ensure({ workerCommand: slowWorker });
      await until(() => existsSync(join(home, `run/${child}.pid`)));
      const killed = pidOf(child);
      process.kill(killed, 'SIGKILL');

      expect(await answers((await started).address)).toBe(true);
      expect(pidOf(child)).not.toBe(killed);
      expect(isRunning(child)).toBe(true);
    },
  );

  test('the children of a killed supervisor end, and the next start finds the same state', async () => {
    const { owner, stack } = await startOwner();
    await temporalCli(
      stack,
      'workflow',
      'start',
      '--type',
      'any',
      '--task-queue',
      'none',
      '--workflow-id',
      'kept',
    );
    const children = ['temporal', 'worker'].map((child) => identify(pidOf(child)));
    owner.kill('SIGKILL');
    await until(() => children.every((child) => child !== undefined && !isAlive(child)));
    expect(notes()).toEqual([`started ${stack.address}`, 'ended']);

    const next = await ensure();
    expect(next.owned).toBe(true);
    expect(await temporalCli(next, 'workflow', 'describe', '--workflow-id', 'kept')).toMatch(
      /WorkflowId +kept/,
    );
  });

  test('a start at once after the kill of a supervisor waits for its children to be gone', async () => {
    const { owner } = await startOwner();
    const before = pidOf('temporal');
    owner.kill('SIGKILL');
    await once(owner, 'exit');
    const next = await ensure();
    expect(next.owned).toBe(true);
    expect(identify(before)).toBeUndefined();
  });

  test('what a killed supervisor left running is ended; another process with its number is not', async () => {
    const leftover = spawn('sleep', ['60']);
    const innocent = spawn('sleep', ['60']);
    const identities = [leftover, innocent].map(({ pid }) => identify(Number(pid)));
    mkdirSync(join(home, 'run'));
    writeFileSync(
      join(home, 'run/stack.json'),
      JSON.stringify({
        supervisor: { pid: process.pid, startedAt: 'long ago' },
        version: '0.0.0',
        address: '127.0.0.1:1',
        ready: true,
        children: { temporal: identities[0], worker: { pid: innocent.pid, startedAt: 'long ago' } },
      }),
    );
    try {
      await ensure();
      expect(leftover.signalCode ?? (await once(leftover, 'exit'))[1]).toBe('SIGTERM');
      expect(identify(Number(innocent.pid))).toEqual(identities[1]);
    } finally {
      leftover.kill('SIGKILL');
      innocent.kill('SIGKILL');
    }
  });

  test('a worker that cannot start is reported with its last lines, and nothing stays behind', async () => {
    const workerCommand = [process.execPath, '-e', 'console.error("no such luck"); process.exit(3)'] as const;
    const failure = await ensure({ workerCommand }).catch((error: unknown) => error);
    expect(failure).toMatchObject({ type: 'stack-failed', lastLines: ['no such luck'] });
    expect(String(failure)).toContain(join(home, 'log/worker.log'));
    expect(existsSync(join(home, 'run/temporal.pid'))).toBe(false);
    expect((await ensure()).owned).toBe(true);
  });

  test('a server that cannot start is reported with its last lines', async () => {
    mkdirSync(join(home, 'temporal.db'));
    const failure = await ensure().catch((error: unknown) => error);
    expect(failure).toMatchObject({ type: 'stack-failed' });
    expect((failure as { lastLines: string[] }).lastLines.join('\n')).toContain(
      'unable to open database file',
    );
  });

  test('an interrupted start ends what it has started', async () => {
    const workerCommand = [process.execPath, '-e', 'setInterval(() => undefined, 1000)'] as const;
    const starting = ensure({ workerCommand }).catch((error: unknown) => error);
    await until(() => existsSync(join(home, 'run/worker.pid')));
    const children = ['temporal', 'worker'].map((child) => identify(pidOf(child)));
    stopped.abort();
    expect(await starting).toMatchObject({ name: 'AbortError' });
    for (const child of children) expect(child && isAlive(child)).toBe(false);
  });
});

describe("somebody else's server", () => {
  test('is used as it is: nothing is started or written', async () => {
    const stack = await ensure({ config: configOf({ address: 'temporal.example.com:7233' }) });
    expect(stack).toMatchObject({ address: 'temporal.example.com:7233', uiUrl: undefined, owned: false });
    expect(existsSync(join(home, 'run'))).toBe(false);
  });

  test('gets a worker where one is asked for', async () => {
    const theirs = createServer();
    await once(theirs.listen(0, '127.0.0.1'), 'listening');
    const address = `127.0.0.1:${(theirs.address() as AddressInfo).port}`;
    try {
      const config = configOf({ address });
      const stack = await ensure({ config, workerForOtherServer: true });
      expect(stack).toMatchObject({ address, owned: true });
      expect(notes()).toEqual([`started ${address}`]);
      expect(existsSync(join(home, 'run/temporal.pid'))).toBe(false);
      const elsewhere = ensure({ config: configOf({ address: '127.0.0.1:1' }), workerForOtherServer: true });
      await expect(elsewhere).rejects.toMatchObject({ type: 'stack-failed' });
    } finally {
      theirs.close();
    }
  });
});
