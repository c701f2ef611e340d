import { ownPlace } from '../client/place.ts';
import { runDetails } from '../client/run-details.ts';
import { lazyTemporal } from '../client/temporal.ts';
import { RunWatch } from '../client/watch-run.ts';
import type { ComplianceBasis } from '../compliance/basis.ts';
import { hostAndPort, isLoopback } from '../config/listen-address.ts';
import { VedetteError } from '../errors.ts';
import type { Logger } from '../log.ts';
import type { Config } from '../settings.ts';
import { hasToken } from '../store/access/credentials.ts';
import { lazyStore } from '../store/database/open.ts';
import type { Store } from '../store/database/store.ts';
import { hasOwner } from '../store/people/members.ts';
import { buildApp } from './app.ts';
import { AuditTrail } from './audit-trail.ts';
import { Streams } from './streams.ts';

const LOOK_EVERY_MS = 1000;
const HEARTBEAT_MS = 15_000;

/**
 * Serves the API and the dashboard until `signal` aborts; calls `onReady` with its address when it listens.
 *
 * @param temporalAddress of the Temporal server, which need not answer yet
 * @throws VedetteError `config-invalid` when the address cannot be listened on, or is open to others while nobody has a token.
 */
export async function serveApi(
  config: Config,
  options: {
    temporalAddress: string;
    compliance: () => Promise<ComplianceBasis>;
    logger: Logger;
    signal: AbortSignal;
    onReady: (url: string) => void;
  },
): Promise<void> {
  const { compliance, logger, signal, temporalAddress, onReady } = options;
  const store = lazyStore(config, logger);
  const temporal = await lazyTemporal(config, temporalAddress);
  const place = ownPlace(temporal, config);
  const audit = new AuditTrail(store.get, logger);
  const watch = new RunWatch({
    look: (of, runId, known) => runDetails(of, runId, known?.input),
    everyMs: LOOK_EVERY_MS,
    heartbeatMs: HEARTBEAT_MS,
  });
  try {
    await refuseUnguarded(config, store.get);
    const app = await buildApp({
      config,
      store: store.get,
      temporal,
      place,
      watch,
      audit,
      compliance,
      streams: new Streams(store.get, logger),
      logger,
      closing: signal,
    });
    try {
      onReady(await listen(app, config));
      await aborted(signal);
    } finally {
      await app.close();
      await audit.settled();
    }
  } finally {
    await temporal.close();
    await store.close();
  }
}

/** Beyond the loopback interface, a way in must have been given to somebody on purpose. */
async function refuseUnguarded({ api, general }: Config, store: () => Promise<Store>): Promise<void> {
  if (isLoopback(hostAndPort(api.address).host)) return;
  const opened = await store();
  if (await hasToken(opened, general.organizationId)) return;
  if (await hasOwner(opened, general.organizationId)) return;
  throw new VedetteError(
    'config-invalid',
    `${api.address} is open to other machines, and there is neither an API token nor an owner.`,
    {
      remedy: 'Make one with vedette token create or vedette user add, or listen on 127.0.0.1.',
    },
  );
}

async function listen(app: Awaited<ReturnType<typeof buildApp>>, { api }: Config): Promise<string> {
  try {
    return await app.listen(hostAndPort(api.address));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new VedetteError('config-invalid', `VEDETTE_API_ADDRESS: ${reason}.`, { cause });
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
