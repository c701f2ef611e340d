import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { readEnvironment } from '../config/env.ts';
import { hostAndPort, isLoopback, localUrl } from '../config/listen-address.ts';
import { VedetteError } from '../errors.ts';
import type { Logger } from '../log.ts';
import { packageRoot, packageVersion } from '../package-root.ts';
import { childEnvironment } from '../processes/environment.ts';
import { tryLock } from '../processes/file-lock.ts';
import type { Lock } from '../processes/file-lock.ts';
import { identify, isAlive, terminate } from '../processes/identity.ts';
import type { ProcessIdentity } from '../processes/identity.ts';
import type { Config } from '../settings.ts';
import { lastLines, rotateLog, startChild, wasKilled } from './child.ts';
import type { Child, ChildSpec } from './child.ts';
import { answers, choosePort } from './ports.ts';
import { readState, removeState, stackPlaces, writeState } from './state.ts';
import type { StackPlaces, StackState } from './state.ts';
import { supervise } from './supervisor.ts';
import type { Supervised } from './supervisor.ts';
import { ensureTemporal } from './temporal-executable.ts';
import { startTemporalServer } from './temporal-server.ts';

const OTHERS_START_TIMEOUT_MS = 5 * 60_000;
const WORKER_START_TIMEOUT_MS = 60_000;
/** A worker takes its scanners down before it ends. */
const WORKER_GRACE_MS = 15_000;

export interface Stack {
  /** Of the Temporal server, `host:port`. */
  address: string;
  /** Unknown for a server that is not ours. */
  uiUrl: string | undefined;
  /** Of the API and the dashboard; undefined where they are not served. */
  apiUrl?: string | undefined;
  /** Whether this process started it, and so ends it. */
  owned: boolean;
  /** The process that runs it, and whether it does so until somebody ends it; unknown for a server that is not ours. */
  supervisor: { pid: number; stays: boolean } | undefined;
  /** Ends what this process started; otherwise does nothing. */
  stop(): Promise<void>;
}

export interface StackOptions {
  logger: Logger;
  signal: AbortSignal;
  onProgress?: (message: string) => void;
  /** What is set for this process, in its environment or in files of its folder, is nothing to the stack. */
  isolated?: boolean;
  /** Added to the environment of the worker. */
  environment?: Readonly<Record<string, string>>;
  /** Tells others that this process runs the stack until somebody ends it, and not just for a command of its own. */
  stays?: boolean;
  /** Supervise a worker also where TEMPORAL_ADDRESS names a server that others run. */
  workerForOtherServer?: boolean;
  /** Serve the API and the dashboard too. */
  api?: boolean;
  /** Default is `vedette worker`. It must say `ready` on its channel (`process.send`) once it polls. */
  workerCommand?: readonly [string, ...string[]];
  /** Default is `vedette serve`; as for the worker. */
  apiCommand?: readonly [string, ...string[]];
}

/**
 * A Temporal server and a worker to use: with TEMPORAL_ADDRESS the named server; else the running stack of this
 * VEDETTE_HOME; else a new one, supervised by this process until `stop()`.
 *
 * Only one process at a time supervises the stack of a VEDETTE_HOME. When that process ends, the stack ends with it,
 * and the next call of anybody starts it again, on the same state.
 *
 * @throws VedetteError `temporal-missing` or `stack-failed`
 */
export async function ensureStack(config: Config, options: StackOptions): Promise<Stack> {
  const { address } = config.temporal;
  if (address !== undefined && options.workerForOtherServer !== true) {
    return { address, uiUrl: undefined, owned: false, supervisor: undefined, stop: async () => undefined };
  }
  const places = stackPlaces(config.general.home);
  const deadline = Date.now() + OTHERS_START_TIMEOUT_MS;
  for (let waiting = false; Date.now() < deadline; await sleep(100)) {
    options.signal.throwIfAborted();
    const lock = tryLock(places.lock);
    if (lock !== undefined) return new StackOwner(config, options, places, lock).start();
    const stack = await runningStack(places, options.logger);
    if (stack !== undefined && address !== undefined && stack.address !== address) {
      throw new VedetteError('stack-failed', `A vedette with the server ${stack.address} runs already.`, {
        remedy: 'Stop that vedette up, or set another VEDETTE_HOME.',
      });
    }
    if (stack !== undefined) return stack;
    if (!waiting) options.onProgress?.('waiting for another vedette that is starting');
    waiting = true;
  }
  throw new VedetteError(
    'stack-failed',
    `Another vedette uses ${config.general.home} but its stack does not answer.`,
    {
      remedy: `End process ${readState(places)?.supervisor.pid ?? '(unknown)'}, then try again.`,
    },
  );
}

/** The stack that another process, or another part of this one, supervises; undefined when there is none that answers. */
export function findStack(config: Config, logger: Logger): Promise<Stack | undefined> {
  return runningStack(stackPlaces(config.general.home), logger);
}

async function runningStack(places: StackPlaces, logger: Logger): Promise<Stack | undefined> {
  const state = readState(places);
  if (state === undefined || !state.ready || !isAlive(state.supervisor)) return undefined;
  if (!(await answers(state.address))) return undefined;
  if (state.version !== packageVersion()) {
    logger.warn(
      { running: state.version },
      'the running stack is of another version; start vedette up again',
    );
  }
  const { address, uiUrl, apiUrl, stays } = state;
  const supervisor = { pid: state.supervisor.pid, stays };
  return { address, uiUrl, apiUrl, owned: false, supervisor, stop: async () => undefined };
}

function ours(...args: readonly string[]): [string, ...string[]] {
  return [process.execPath, join(packageRoot(), 'bin', 'vedette.js'), ...args];
}

/** Holds the lock of a VEDETTE_HOME, and all that was started under it. */
class StackOwner {
  readonly #config: Config;
  readonly #options: StackOptions;
  readonly #places: StackPlaces;
  readonly #lock: Lock;
  readonly #supervised: Supervised[] = [];
  #state: StackState;
  #stopped: Promise<void> | undefined;

  constructor(config: Config, options: StackOptions, places: StackPlaces, lock: Lock) {
    this.#config = config;
    this.#options = options;
    this.#places = places;
    this.#lock = lock;
    this.#state = {
      supervisor: identify(process.pid) ?? { pid: process.pid, startedAt: '' },
      stays: options.stays === true,
      version: packageVersion(),
      address: config.temporal.address ?? '',
      ready: false,
      children: {},
    };
  }

  async start(): Promise<Stack> {
    try {
      await this.#endLeftovers();
      if (this.#config.temporal.address === undefined) await this.#startTemporal();
      this.#options.signal.throwIfAborted();
      const apiAddress = await this.#apiAddress();
      await Promise.all([this.#startWorker(), this.#startApi(apiAddress)]);
    } catch (error) {
      await this.#stop();
      throw error;
    }
    this.#note({ ready: true });
    const { address, uiUrl, apiUrl, stays } = this.#state;
    const supervisor = { pid: process.pid, stays };
    return { address, uiUrl, apiUrl, owned: true, supervisor, stop: () => this.#stop() };
  }

  /** What a killed supervisor left behind; two servers must never open the same state. */
  async #endLeftovers(): Promise<void> {
    const before = readState(this.#places);
    const leftovers = Object.entries(before?.children ?? {}).filter(([, child]) => isAlive(child));
    await Promise.all(
      leftovers.map(([child, identity]) => {
        this.#options.logger.warn({ child, pid: identity.pid }, 'ending what a killed vedette left behind');
        return terminate(identity, WORKER_GRACE_MS);
      }),
    );
    removeState(this.#places, Object.keys(before?.children ?? {}));
  }

  async #startTemporal(): Promise<void> {
    const { signal, onProgress } = this.#options;
    const executable = await ensureTemporal(this.#config, { signal, ...(onProgress && { onProgress }) });
    onProgress?.('starting the Temporal server');
    const { spec, child } = await startTemporalServer(this.#config, {
      executable,
      environment: childEnvironment(),
      logFile: this.#places.log('temporal'),
      signal,
      onStart: ({ address, uiUrl, child: { identity } }) => {
        this.#note({ address, uiUrl });
        this.#noteChild('temporal', identity);
      },
    });
    this.#supervise(spec, child);
  }

  #startWorker(): Promise<void> {
    this.#options.onProgress?.('starting the worker');
    // On a server of our own, no worker of another build is there to finish what that one has begun.
    const alone = this.#config.temporal.address === undefined ? ['--unversioned'] : [];
    return this.#startOurs('worker', this.#options.workerCommand ?? ours('worker', ...alone), {});
  }

  /** The configured one, or on the loopback interface a free one where somebody else has that. */
  async #apiAddress(): Promise<string> {
    const { address } = this.#config.api;
    const { host, port } = hostAndPort(address);
    return isLoopback(host) ? `127.0.0.1:${await choosePort(port)}` : address;
  }

  /** Begins beside the worker, which it does not need. */
  async #startApi(address: string): Promise<void> {
    const { api, apiCommand } = this.#options;
    if (api !== true) return;
    this.#note({ apiUrl: localUrl(address) });
    const { uiUrl } = this.#state;
    await this.#startOurs('api', apiCommand ?? ours('serve'), {
      VEDETTE_API_ADDRESS: address,
      ...(uiUrl === undefined ? {} : { VEDETTE_TEMPORAL_UI_URL: uiUrl }),
    });
  }

  /** Starts a process of our own program, which says `ready` on its channel, and waits for that. */
  async #startOurs(
    name: string,
    [command, ...args]: readonly [string, ...string[]],
    environment: Readonly<Record<string, string>>,
  ): Promise<void> {
    const { home } = this.#config.general;
    const isolated = this.#options.isolated === true;
    const spec: ChildSpec = {
      name,
      command,
      args,
      ...(isolated && { folder: home }),
      environment: {
        ...(isolated ? childEnvironment() : readEnvironment()),
        VEDETTE_HOME: home,
        ...this.#options.environment,
        ...environment,
        TEMPORAL_ADDRESS: this.#state.address,
      },
      logFile: this.#places.log(name),
      channel: true,
      graceMs: WORKER_GRACE_MS,
    };
    rotateLog(spec.logFile);
    const child = startChild(spec);
    this.#noteChild(name, child.identity);
    const { ready } = this.#supervise(spec, child);
    await this.#isReady(spec, child, ready);
  }

  async #isReady({ name, logFile }: ChildSpec, child: Child, ready: Promise<void>): Promise<void> {
    const over = new AbortController();
    const timeout = sleep(WORKER_START_TIMEOUT_MS, 'no sign of life', { signal: over.signal }).catch(
      () => undefined,
    );
    const aborted = new Promise<string>((resolve) => {
      this.#options.signal.addEventListener('abort', () => resolve('interrupted'), { signal: over.signal });
    });
    // One that was killed is started again by its supervisor.
    const failed = child.exited.then((end) => (wasKilled(end) ? timeout : end));
    const failure = await Promise.race([ready.then(() => undefined), failed, timeout, aborted]);
    over.abort();
    this.#options.signal.throwIfAborted();
    if (failure === undefined) return;
    throw new VedetteError('stack-failed', `The ${name} did not start (${failure}); see ${logFile}`, {
      lastLines: lastLines(logFile),
    });
  }

  #supervise(spec: ChildSpec, child: Child): Supervised {
    const onStart = (identity: ProcessIdentity | undefined): void => this.#noteChild(spec.name, identity);
    const supervised = supervise(child, spec, { logger: this.#options.logger, onStart });
    this.#supervised.unshift(supervised);
    return supervised;
  }

  #noteChild(name: string, identity: ProcessIdentity | undefined): void {
    if (identity !== undefined) this.#note({ children: { ...this.#state.children, [name]: identity } });
  }

  #note(change: Partial<StackState>): void {
    this.#state = { ...this.#state, ...change };
    writeState(this.#places, this.#state);
  }

  /** In the opposite order of the start: the worker says goodbye to the server. */
  #stop(): Promise<void> {
    this.#stopped ??= (async () => {
      for (const child of this.#supervised) await child.stop();
      removeState(this.#places, Object.keys(this.#state.children));
      this.#lock.release();
    })();
    return this.#stopped;
  }
}
