import { setTimeout as sleep } from 'node:timers/promises';
import { DefaultLogger, NativeConnection, Runtime } from '@temporalio/worker';
import { artifactFolder, openArtifactStore } from '../artifacts/open.ts';
import { sweepArtifacts } from '../artifacts/sweep.ts';
import { temporalConnectionOptions } from '../client/connection.ts';
import { beginDeployment, deploymentVersion } from '../client/deployment.ts';
import { runState } from '../client/run-state.ts';
import { connectTemporal, registerSearchAttributes } from '../client/temporal.ts';
import type { Temporal } from '../client/temporal.ts';
import { startTracing } from '../client/tracing.ts';
import { reportOf, VedetteError } from '../errors.ts';
import type { Logger } from '../log.ts';
import { keepHeapSmall } from '../processes/heap.ts';
import type { Config } from '../settings.ts';
import { sources as productSources } from '../sources/registry.ts';
import type { Registry } from '../sources/registry.ts';
import { lazyStore } from '../store/database/open.ts';
import { serveHealth } from './health.ts';
import type { HealthServer } from './health.ts';
import { telemetryOptions } from './telemetry.ts';
import { createWorker } from './worker.ts';
import type { WorkerHost } from './worker.ts';

/** Below the time limit of the probe itself, so that it tells what the server said. */
const PROBE_TIMEOUT_MS = 2500;
const SWEEP_INTERVAL_MS = 60 * 60_000;
const levels = { TRACE: 'trace', DEBUG: 'debug', INFO: 'info', WARN: 'warn', ERROR: 'error' } as const;

/** Hosts workflows and activities until `signal` aborts; calls `onReady` when it takes work. */
export async function runWorker(
  config: Config,
  logger: Logger,
  signal: AbortSignal,
  onReady: () => void,
  sources: Registry = productSources,
): Promise<void> {
  const { address } = config.temporal;
  if (address === undefined) throw new VedetteError('config-invalid', 'TEMPORAL_ADDRESS is not set.');
  keepHeapSmall();
  Runtime.install({
    shutdownSignals: [],
    telemetryOptions: telemetryOptions(config),
    logger: new DefaultLogger('INFO', ({ level, message, meta }) =>
      logger[levels[level]](meta ?? {}, message),
    ),
  });
  const temporal = await connectTemporal(config, address, { lost: signal, traced: false });
  await registerSearchAttributes(temporal, config.temporal.namespace).catch(async (error: unknown) => {
    await temporal.close();
    throw error;
  });

  const tracing = await startTracing(config);
  const store = lazyStore(config, logger);
  const connection = await NativeConnection.connect(await temporalConnectionOptions(config, address));
  const artifacts = await openArtifactStore(config);
  const over = new AbortController();
  let tidying: Promise<void> | undefined;
  let worker: WorkerHost | undefined;
  const health = await serveHealthOf(config, connection, () => worker?.isRunning() ?? false);
  try {
    worker = await createWorker(
      connection,
      { config, sources, artifacts, store: store.get, logger },
      tracing,
    );
    if (signal.aborted) return;
    signal.addEventListener('abort', worker.shutdown, { once: true });
    const running = worker.run();
    await Promise.race([running, begin(temporal, config, logger, signal)]);
    onReady();
    tidying = keepTidy(temporal, config, logger, AbortSignal.any([signal, over.signal]));
    await running;
  } finally {
    over.abort();
    await tidying;
    await health?.close();
    await temporal.close();
    await connection.close();
    await store.close();
    await tracing?.stop();
  }
}

async function begin(temporal: Temporal, config: Config, logger: Logger, signal: AbortSignal): Promise<void> {
  if ((await beginDeployment(temporal, config, signal)) !== 'waiting') return;
  logger.warn(
    deploymentVersion(config) ?? {},
    'another build is current: new runs go there until vedette worker promote',
  );
}

/** At the start and now and then; what goes wrong is left for the next time. */
async function keepTidy(
  temporal: Temporal,
  config: Config,
  logger: Logger,
  signal: AbortSignal,
): Promise<void> {
  const sweep = () => sweepArtifacts(artifactFolder(config), (runId) => runState(temporal, runId));
  while (!signal.aborted) {
    try {
      const runs = await temporal.client.withAbortSignal(signal, sweep);
      if (runs.length > 0) logger.info({ runs }, 'removed files of runs that have ended');
    } catch (error) {
      if (!signal.aborted) logger.warn({ failure: reportOf(error) }, 'old files could not be looked through');
    }
    await sleep(SWEEP_INTERVAL_MS, undefined, { signal }).catch(() => undefined);
  }
}

/** Healthy is a worker that takes work from a server that answers. */
async function serveHealthOf(
  { worker: { healthAddress }, temporal: { namespace } }: Config,
  connection: NativeConnection,
  isRunning: () => boolean,
): Promise<HealthServer | undefined> {
  if (healthAddress === undefined) return undefined;
  return serveHealth(healthAddress, async () => {
    if (!isRunning()) return 'the worker does not run';
    await connection.withDeadline(Date.now() + PROBE_TIMEOUT_MS, () =>
      connection.workflowService.describeNamespace({ namespace }),
    );
    return null;
  });
}
