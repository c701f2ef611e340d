import { join } from 'node:path';
import { DefaultLogger, NativeConnection, Runtime } from '@temporalio/worker';
import { FileArtifactStore } from '../artifacts/artifact-store.ts';
import { connectionOptions } from '../client/connection.ts';
import { connectTemporal, registerSearchAttributes } from '../client/temporal.ts';
import type { Config } from '../config/settings.ts';
import { VedetteError } from '../errors.ts';
import type { Logger } from '../log.ts';
import { openMigratedStore } from '../store/open.ts';
import type { Store } from '../store/store.ts';
import { createWorker } from './worker.ts';

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
    logger: new DefaultLogger('INFO', ({ level, message, meta }) =>
      logger[levels[level]](meta ?? {}, message),
    ),
  });
  const temporal = await connectTemporal(config, address);
  await registerSearchAttributes(temporal, config.temporal.namespace).finally(() => temporal.close());

  const store = lazyStore(config, logger);
  const connection = await NativeConnection.connect(await connectionOptions(config, address));
  const artifacts = new FileArtifactStore(join(config.general.home, 'artifacts'));
  try {
    const worker = await createWorker(connection, { config, artifacts, store: store.get, logger });
    const stop = (): void => worker.shutdown();
    if (signal.aborted) return;
    signal.addEventListener('abort', stop, { once: true });
    const running = worker.run();
    onReady();
    await running;
  } finally {
    await connection.close();
    await store.close();
  }
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
