import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Client } from '@temporalio/client';
import { Worker } from '@temporalio/worker';
import type { NativeConnection, WorkerOptions } from '@temporalio/worker';
import type { Dependencies } from '../activities/dependencies.ts';
import { failureInterceptor } from '../activities/failures.ts';
import { createActivities } from '../activities/index.ts';
import { deploymentVersion } from '../client/deployment.ts';
import { deleteWork } from '../client/organizations.ts';
import type { Tracing } from '../client/tracing.ts';
import { scanQueue } from '../model/names.ts';
import type { Holder } from '../model/pipeline.ts';
import type { Config } from '../settings.ts';
import type { Registry } from '../sources/registry.ts';
import { workerTracing, workflowTracingModule } from './tracing.ts';

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

/** The workflows as they are loaded: a bundle, or their folder and the modules that intercept them. */
export interface WorkflowSource {
  code: Pick<WorkerOptions, 'workflowBundle' | 'workflowsPath'>;
  interceptorModules: string[];
}

/** From `dist` the prebuilt bundle; from source, the folder itself, bundled at start. */
export function workflowSource({ traced }: { traced: boolean }): WorkflowSource {
  const bundle = traced ? 'traced-workflow-bundle.js' : 'workflow-bundle.js';
  const codePath = fileURLToPath(new URL(`../../${bundle}`, import.meta.url));
  if (existsSync(codePath)) return { code: { workflowBundle: { codePath } }, interceptorModules: [] };
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  const workflowsPath = fileURLToPath(new URL(`../workflows/index.${extension}`, import.meta.url));
  return { code: { workflowsPath }, interceptorModules: traced ? [workflowTracingModule()] : [] };
}

/**
 * A worker for every workflow and activity; one for the scans of each source, with a limit of its own; and one for the
 * task queue of the place that holds the artifacts, where only this place can open them. The caller runs it.
 */
export async function createWorker(
  connection: NativeConnection,
  given: Omit<Dependencies, 'endWork'>,
  tracing?: Tracing,
): Promise<WorkerHost> {
  const { temporal, worker } = given.config;
  const dependencies: Dependencies = { ...given, endWork: endingWork(connection, given.config) };
  const holder = await holderOf(dependencies);
  const { interceptActivity, ...traces } = tracing === undefined ? {} : await workerTracing(tracing);
  const activity = [...(interceptActivity ?? []), () => ({ inbound: failureInterceptor() })];
  const source = workflowSource({ traced: tracing !== undefined });
  const common: Omit<WorkerOptions, 'taskQueue'> = {
    connection,
    namespace: temporal.namespace,
    activities: createActivities(dependencies, holder),
    ...traces,
    interceptors: { activity },
    maxConcurrentActivityTaskExecutions: worker.concurrency,
    maxHeartbeatThrottleInterval: HEARTBEAT_THROTTLE,
    defaultHeartbeatThrottleInterval: HEARTBEAT_THROTTLE,
    // Scanners are told to stop at once; this is how long they get for it.
    shutdownGraceTime: '0s',
    shutdownForceTime: '20s',
  };
  const versioned = versioning(dependencies.config);
  const workers = [
    // Has the scan step too: earlier versions ordered it here.
    await Worker.create({
      ...common,
      ...source.code,
      interceptors: { activity, workflowModules: source.interceptorModules },
      ...versioned,
      taskQueue: temporal.taskQueue,
    }),
  ];
  for (const id of scannedSources(dependencies.sources, worker.sources)) {
    workers.push(
      await Worker.create({
        ...common,
        ...versioned,
        maxConcurrentActivityTaskExecutions: worker.scanConcurrency[id] ?? worker.concurrency,
        taskQueue: scanQueue(temporal.taskQueue, id),
      }),
    );
  }
  // Not versioned: a worker of another build that has come to the same place can open the files as well.
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

function endingWork(connection: NativeConnection, { temporal }: Config): Dependencies['endWork'] {
  const { namespace, taskQueue, address = '' } = temporal;
  const client = new Client({ connection, namespace });
  const reached = { client, address, close: async () => undefined };
  return (organizationId) => deleteWork({ temporal: reached, taskQueue, organizationId });
}

/**
 * What a worker scans with: all there is, unless it is limited to some.
 *
 * @throws VedetteError `usage` that names the sources there are.
 */
function scannedSources(sources: Registry, wanted: readonly string[]): string[] {
  return wanted.length === 0 ? sources.scanners.map(({ id }) => id) : sources.named(wanted);
}

/** A run stays with the build that began it, for another one might decide differently when it replays the history. */
function versioning(config: Config): Pick<WorkerOptions, 'workerDeploymentOptions'> {
  const version = deploymentVersion(config);
  if (version === null) return {};
  return {
    workerDeploymentOptions: { useWorkerVersioning: true, version, defaultVersioningBehavior: 'PINNED' },
  };
}

async function holderOf({ config, artifacts }: Dependencies): Promise<Holder | null> {
  const name = await artifacts.holder();
  if (name === null) return null;
  return { taskQueue: `${config.temporal.taskQueue}/${name}`, waitMs: config.artifacts.holderWaitMs };
}
