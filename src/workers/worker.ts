import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from '@temporalio/worker';
import type { NativeConnection, WorkerOptions } from '@temporalio/worker';
import { failureInterceptor } from '../activities/failures.ts';
import { createActivities } from '../activities/index.ts';
import type { Dependencies } from '../activities/index.ts';

/** Cancellation travels with heartbeats, so they must not be held back for long. */
const HEARTBEAT_THROTTLE = '500ms';

/** From `dist` the prebuilt bundle; from source, the folder itself, bundled at start. */
export function workflowSource(): Pick<WorkerOptions, 'workflowBundle' | 'workflowsPath'> {
  const bundle = fileURLToPath(new URL('../../workflow-bundle.js', import.meta.url));
  if (existsSync(bundle)) return { workflowBundle: { codePath: bundle } };
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  return { workflowsPath: fileURLToPath(new URL(`../workflows/index.${extension}`, import.meta.url)) };
}

/** A worker for every workflow and activity; the caller runs it. */
export function createWorker(
  connection: NativeConnection,
  dependencies: Dependencies,
  options: Partial<WorkerOptions> = {},
): Promise<Worker> {
  const { temporal } = dependencies.config;
  return Worker.create({
    connection,
    namespace: temporal.namespace,
    taskQueue: temporal.taskQueue,
    activities: createActivities(dependencies),
    interceptors: { activity: [() => ({ inbound: failureInterceptor() })] },
    maxHeartbeatThrottleInterval: HEARTBEAT_THROTTLE,
    defaultHeartbeatThrottleInterval: HEARTBEAT_THROTTLE,
    // Scanners are told to stop at once; this is how long they get for it.
    shutdownGraceTime: '0s',
    shutdownForceTime: '20s',
    ...workflowSource(),
    ...options,
  });
}
