import { DefaultLogger, NativeConnection, Runtime } from '@temporalio/worker';
import { openArtifactStore } from '../artifacts/open.ts';
import { connectionOptions } from '../client/connection.ts';
import { connectTemporal, registerSearchAttributes } from '../client/temporal.ts';
import type { Config } from '../config/settings.ts';
import { VedetteError } from '../errors.ts';
import type { Logger } from '../log.ts';
import { openMigratedStore } from '../store/open.ts';
import type { Store } from '../store/store.ts';
import { serveHealth } from './health.ts';
import type { HealthServer } from './health.ts';
import { telemetryOptions } from './telemetry.ts';
import { createWorker } from './worker.ts';
import type { WorkerHost } from './worker.ts';

/** Below the time limit of the probe itself, so that it tells what the server said. */
const PROBE_TIMEOUT_MS = 2500;
const levels = { TRACE: 'trace', DEBUG: 'debug', INFO: 'info', WARN: 'warn', ERROR: 'error' } as const;

/** Hosts workflows and activities until `signal` aborts; calls `onReady` when it takes work. */
export async function runWorker(
  config: Config,
  logger: Logger,
  signal: AbortSignal,
  onReady: () => void,
): Promise<void> {
  const { address } = config.temporal;
  if (address === undefined) throw new VedetteError('config-invalid', 'TEMPORAL_ADDRESS is not set.');
  Runtime.install({
    shutdownSignals: [],
    telemetryOptions: telemetryOptions(config),
    logger: new DefaultLogger('INFO', ({ level, message, meta }) =>
      logger[levels[level]](meta ?? {}, message),
    ),
  });
  const temporal = await connectTemporal(config, address);
  await registerSearchAttributes(temporal, config.temporal.namespace).finally(() => temporal.close());

  const store = lazyStore(config, logger);
  const connection = await NativeConnection.connect(await connectionOptions(config, address));
  const artifacts = await openArtifactStore(config);
  let worker: WorkerHost | undefined;
  const health = await serveHealthOf(config, connection, () => worker?.isRunning() ?? false);
  try {
    worker = await createWorker(connection, { config, artifacts, store: store.get, logger });
    if (signal.aborted) return;
    signal.addEventListener('abort', worker.shutdown, { once: true });
    const running = worker.run();
    onReady();
    await running;
  } finally {
    await health?.close();
    await connection.close();
    await store.close();
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

/** The store, opened and migrated on first use; a failure is not kept, so that the next use tries again. */
function lazyStore(
  config: Config,
  logger: Logger,
): { get: () => Promise<Store>; close: () => Promise<void> } {
  let opened: Promise<Store> | undefined;
  return {
    get() {
      opened ??= openMigratedStore(config, logger).catch((error: unknown) => {
        opened = undefined;
        throw error;
      });
      return opened;
    },
    async close() {
      await (await opened?.catch(() => undefined))?.close();
    },
  };
}
