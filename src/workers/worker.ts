import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from '@temporalio/worker';
import type { NativeConnection, WorkerOptions } from '@temporalio/worker';
import { failureInterceptor } from '../activities/failures.ts';
import { createActivities } from '../activities/index.ts';
import type { Dependencies } from '../activities/index.ts';
import type { Holder } from '../model/pipeline.ts';

/** Cancellation travels with heartbeats, so they must not be held back for long. */
const HEARTBEAT_THROTTLE = '500ms';

/** What a worker process does for Temporal. */
export interface WorkerHost {
  /** Returns when it has been shut down; throws when it fails. */
  run(): Promise<void>;
  shutdown(): void;
  /** Whether it takes work. */
  isRunning(): boolean;
}

/** From `dist` the prebuilt bundle; from source, the folder itself, bundled at start. */
export function workflowSource(): Pick<WorkerOptions, 'workflowBundle' | 'workflowsPath'> {
  const bundle = fileURLToPath(new URL('../../workflow-bundle.js', import.meta.url));
  if (existsSync(bundle)) return { workflowBundle: { codePath: bundle } };
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  return { workflowsPath: fileURLToPath(new URL(`../workflows/index.${extension}`, import.meta.url)) };
}

/**
 * A worker for every workflow and activity, and one more for the task queue of the place that holds the artifacts,
 * where only this place can open them; the caller runs it.
 */
export async function createWorker(
  connection: NativeConnection,
  dependencies: Dependencies,
): Promise<WorkerHost> {
  const { temporal, worker } = dependencies.config;
  const holder = await holderOf(dependencies);
  const common: Omit<WorkerOptions, 'taskQueue'> = {
    connection,
    namespace: temporal.namespace,
    activities: createActivities(dependencies, holder),
    interceptors: { activity: [() => ({ inbound: failureInterceptor() })] },
    maxConcurrentActivityTaskExecutions: worker.concurrency,
    maxHeartbeatThrottleInterval: HEARTBEAT_THROTTLE,
    defaultHeartbeatThrottleInterval: HEARTBEAT_THROTTLE,
    // Scanners are told to stop at once; this is how long they get for it.
    shutdownGraceTime: '0s',
    shutdownForceTime: '20s',
  };
  const workers = [await Worker.create({ ...common, ...workflowSource(), taskQueue: temporal.taskQueue })];
  if (holder !== null) workers.push(await Worker.create({ ...common, taskQueue: holder.taskQueue }));
  const shutdown = (): void => {
    for (const one of workers) if (one.getState() === 'RUNNING') one.shutdown();
  };
  return {
    shutdown,
    isRunning: () => workers.every((one) => one.getState() === 'RUNNING'),
    async run() {
      const running = workers.map((one) => one.run().finally(shutdown));
      await Promise.allSettled(running);
      await Promise.all(running);
    },
  };
}

async function holderOf({ config, artifacts }: Dependencies): Promise<Holder | null> {
  const name = await artifacts.holder();
  if (name === null) return null;
  return { taskQueue: `${config.temporal.taskQueue}/${name}`, waitMs: config.artifacts.holderWaitMs };
}
