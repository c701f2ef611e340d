import { existsSync, readFileSync, statfsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { VedetteError } from '../errors.ts';
import { SEARCH_ATTRIBUTES } from '../model/names.ts';
import { terminate } from '../processes/identity.ts';
import type { Config } from '../settings.ts';
import { lastLines, rotateLog, startChild, wasKilled } from './child.ts';
import type { Child, ChildSpec } from './child.ts';
import { answers, choosePort, isPortFree } from './ports.ts';

const START_TIMEOUT_MS = 60_000;
const ATTEMPTS = 3;
const LEAST_SPACE_BYTES = 1024 * 1024;
/**
 * The server reads the queue of steps to hand out at most twenty times a second for each of its shards, of which the dev
 * server has one: without this, most steps of most workflows wait for their turn.
 */
export const SERVER_OPTIONS = ['--dynamic-config-value', 'history.transferProcessorMaxPollRPS=1000'] as const;

export interface TemporalServer {
  address: string;
  uiUrl: string;
  spec: ChildSpec;
  child: Child;
}

/** Where the embedded server keeps its runs and schedules; there is none before its first start. */
export function temporalFile({ general }: Config): string {
  return join(general.home, 'temporal.db');
}

/**
 * Starts the Temporal dev server on the state in VEDETTE_HOME and waits until it takes calls. It gets the preferred
 * ports, or free ones where somebody else has them.
 *
 * @throws VedetteError `stack-failed` with the last lines of its log
 */
export async function startTemporalServer(
  config: Config,
  options: {
    executable: string;
    environment: ChildSpec['environment'];
    logFile: string;
    signal: AbortSignal;
    /** Told as soon as the process exists, before it is ready. */
    onStart: (server: TemporalServer) => void;
  },
): Promise<TemporalServer> {
  for (let attempt = 1; ; attempt += 1) {
    const port = await choosePort(config.temporal.port);
    const uiPort = await choosePort(config.temporal.uiPort);
    rotateLog(options.logFile);
    const spec = serverSpec(config, options, port, uiPort);
    const child = startChild(spec);
    const server = { address: `127.0.0.1:${port}`, uiUrl: `http://127.0.0.1:${uiPort}`, spec, child };
    options.onStart(server);
    const failure = await startFailure(server, options.signal);
    if (failure === undefined) return server;
    const portsLost = !(await isPortFree(port)) || !(await isPortFree(uiPort));
    if (attempt === ATTEMPTS || !(portsLost || wasKilled(failure))) {
      refuseFullDisk(config.general.home);
      throw new VedetteError(
        'stack-failed',
        `The Temporal server did not start (${failure}); see ${spec.logFile}`,
        {
          lastLines: lastLines(spec.logFile),
        },
      );
    }
  }
}

/** The server itself could not even write down why it did not start. */
function refuseFullDisk(home: string): void {
  const { bavail, bsize } = statfsSync(home);
  if (bavail * bsize >= LEAST_SPACE_BYTES) return;
  throw new VedetteError('disk-full', `The disk of ${home} is full: the Temporal server cannot start.`);
}

function serverSpec(
  config: Config,
  {
    executable,
    environment,
    logFile,
  }: { executable: string; environment: ChildSpec['environment']; logFile: string },
  port: number,
  uiPort: number,
): ChildSpec {
  const flags = {
    ip: '127.0.0.1',
    port: String(port),
    'ui-port': String(uiPort),
    'db-filename': temporalFile(config),
    namespace: config.temporal.namespace,
    'log-level': config.general.logLevel === 'debug' ? 'info' : 'error',
  };
  return {
    name: 'temporal',
    command: executable,
    args: [
      'server',
      'start-dev',
      ...Object.entries(flags).flatMap(([name, value]) => [`--${name}`, value]),
      ...['journal_mode=WAL', 'synchronous=NORMAL'].flatMap((pragma) => ['--sqlite-pragma', pragma]),
      ...SERVER_OPTIONS,
      ...Object.values(SEARCH_ATTRIBUTES).flatMap((name) => ['--search-attribute', `${name}=Keyword`]),
    ],
    environment,
    logFile,
    channel: false,
    graceMs: 10_000,
  };
}

/** Waits for the start; says why it failed, or undefined. The process is gone when it failed. */
async function startFailure(
  { address, spec, child }: TemporalServer,
  signal: AbortSignal,
): Promise<string | undefined> {
  const deadline = Date.now() + START_TIMEOUT_MS;
  while (!signal.aborted && Date.now() < deadline) {
    if (hasAnnouncedItself(spec.logFile) && (await answers(address))) return undefined;
    const end = await Promise.race([child.exited, sleep(25, undefined)]);
    if (end !== undefined) return end;
  }
  if (child.identity !== undefined) await terminate(child.identity, spec.graceMs);
  signal.throwIfAborted();
  return `no answer in ${START_TIMEOUT_MS / 1000} s`;
}

/** An open port alone could be the server of somebody who was faster. */
function hasAnnouncedItself(logFile: string): boolean {
  return existsSync(logFile) && /^Server:/m.test(readFileSync(logFile, 'utf8'));
}
