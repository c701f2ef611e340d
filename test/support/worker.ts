import { once } from 'node:events';
import type { ConfigOverrides } from '../../src/settings.ts';
import { spawnNode } from './processes.ts';

export interface WorkerProcess {
  pid: number;
  /** What it logged until now. */
  log(): string;
  kill(signal: 'SIGTERM' | 'SIGKILL'): Promise<void>;
}

export interface WorkerProcessInput {
  overrides: ConfigOverrides;
  /** Of the tiny source. */
  sourceSettings: Readonly<Record<string, object>>;
}

/** A `vedette worker` in a process of its own, once it takes work. */
export async function startWorkerProcess(
  overrides: ConfigOverrides,
  sourceSettings: WorkerProcessInput['sourceSettings'] = {},
): Promise<WorkerProcess> {
  const input: WorkerProcessInput = { overrides, sourceSettings };
  const { child, ended } = spawnNode('test/support/worker-process.ts', JSON.stringify(input));
  let logged = '';
  child.stderr?.on('data', (text: string) => (logged += text));
  const ready = once(child.stdout as NodeJS.EventEmitter, 'data');
  const outcome = await Promise.race([ready, ended]);
  if (!Array.isArray(outcome)) throw new Error(`The worker ended before it was ready: ${outcome.stderr}`);
  return {
    pid: child.pid as number,
    log: () => logged,
    async kill(signal) {
      child.kill(signal);
      await ended;
    },
  };
}
