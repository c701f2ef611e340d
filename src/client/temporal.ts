import { setTimeout as sleep } from 'node:timers/promises';
import { InterceptingCall, Metadata } from '@grpc/grpc-js';
import type { Interceptor } from '@grpc/grpc-js';
import type { InterceptingCallInterface } from '@grpc/grpc-js/build/src/client-interceptors.js';
import {
  Client,
  Connection,
  defaultGrpcRetryOptions,
  isGrpcServiceError,
  makeGrpcRetryInterceptor,
  ServiceError,
} from '@temporalio/client';
import type { GrpcRetryOptions } from '@temporalio/client';
import { VedetteError } from '../errors.ts';
import { SEARCH_ATTRIBUTES } from '../model/names.ts';
import type { Config } from '../settings.ts';
import { temporalConnectionOptions } from './connection.ts';
import { startTracing, tracedStarts } from './tracing.ts';

export interface Temporal {
  client: Client;
  address: string;
  /** Aborted when the server is known to be gone for good. */
  lost?: AbortSignal | undefined;
  close: () => Promise<void>;
}

/** Of Temporal's enumerations. */
const KEYWORD = 2;
const ACTIVITY_QUEUE = 2;
/** Of gRPC's. */
const CANCELLED = 1;
const ALREADY_EXISTS = 6;
const PERMISSION_DENIED = 7;
const UNAUTHENTICATED = 16;
const DEADLINE_EXCEEDED = 4;
const UNAVAILABLE = 14;
/** A server that is started again, or that the network hides for a while, is waited for this long. */
const PATIENCE_MS = 10 * 60_000;
const ASK_AGAIN_MS = 1000;
const ANSWER_MS = 8000;

/**
 * Failed calls are tried again for half a minute, but not once `lost` is aborted or the connection is closed.
 *
 * @param options `traced`: whether the runs that are started begin a trace, where OpenTelemetry is configured
 *
 * @throws VedetteError `temporal-unreachable`, naming the address.
 */
export async function connectTemporal(
  config: Config,
  address: string,
  { lost, traced = true }: { lost?: AbortSignal; traced?: boolean } = {},
): Promise<Temporal> {
  const retry = defaultGrpcRetryOptions();
  const closed = new AbortController();
  const options = {
    ...(await temporalConnectionOptions(config, address)),
    interceptors: retrying(
      {
        ...retry,
        retryableDecider: (attempt, status) =>
          lost?.aborted !== true && retry.retryableDecider(attempt, status),
      },
      closed.signal,
    ),
  };
  const tracing = traced ? await startTracing(config) : undefined;
  let connection: Connection;
  try {
    connection = await Connection.connect({ ...options, connectTimeout: '10s' });
  } catch (cause) {
    await tracing?.stop();
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new VedetteError('temporal-unreachable', `No Temporal server answers at ${address}: ${reason}`, {
      cause,
    });
  }
  const interceptors = tracing && { workflow: [await tracedStarts(tracing)] };
  const client = new Client({
    connection,
    namespace: config.temporal.namespace,
    ...(interceptors && { interceptors }),
  });
  return {
    client,
    address,
    lost,
    async close() {
      closed.abort();
      await connection.close();
      await tracing?.stop();
    },
  };
}

/**
 * A connection that is made with the first call, for those who rather tell that the server is away than wait for it.
 */
export async function lazyTemporal(config: Config, address: string): Promise<Temporal> {
  const closed = new AbortController();
  const connection = Connection.lazy({
    ...(await temporalConnectionOptions(config, address)),
    interceptors: retrying(defaultGrpcRetryOptions({ maxAttempts: 2 }), closed.signal),
  });
  const client = new Client({ connection, namespace: config.temporal.namespace });
  return {
    client,
    address,
    async close() {
      closed.abort();
      await connection.close();
    },
  };
}

/**
 * Tries failed calls again while the connection is open. The SDK's own would try on a closed one as well, which throws in
 * a timer, where nobody can catch it.
 */
function retrying(retry: GrpcRetryOptions, closed: AbortSignal): Interceptor[] {
  return [
    makeGrpcRetryInterceptor(retry),
    (options, nextCall) => new InterceptingCall(closed.aborted ? endedCall() : nextCall(options)),
  ];
}

/** A call that fails as soon as it starts, as one that was cancelled. */
function endedCall(): InterceptingCallInterface {
  const nothing = () => undefined;
  const status = { code: CANCELLED, details: 'The connection is closed.', metadata: new Metadata() };
  return {
    start: (_metadata, listener) => void setImmediate(() => listener?.onReceiveStatus?.(status)),
    sendMessage: nothing,
    sendMessageWithContext: nothing,
    startRead: nothing,
    halfClose: nothing,
    cancelWithStatus: nothing,
    getPeer: () => '',
    getAuthContext: () => null,
  };
}

/** Calls the server, and gives up after some seconds. */
export function withDeadline<Result>(
  { client }: Temporal,
  call: () => Promise<Result>,
  mostMs: number = ANSWER_MS,
): Promise<Result> {
  return client.withDeadline(Date.now() + mostMs, call);
}

/**
 * The same, with the failures of the server in our words.
 *
 * @throws VedetteError `temporal-unreachable`, and what the call throws
 */
export async function ask<Result>(
  temporal: Temporal,
  call: () => Promise<Result>,
  mostMs: number = ANSWER_MS,
): Promise<Result> {
  try {
    return await withDeadline(temporal, call, mostMs);
  } catch (error) {
    throw temporalError(error, temporal.address);
  }
}

/**
 * Makes our search attributes known to the server; without them workflows that carry them cannot start.
 * A server where we may not do that must have been given them by its operator.
 */
export async function registerSearchAttributes({ client }: Temporal, namespace: string): Promise<string[]> {
  const service = client.connection.operatorService;
  const { customAttributes } = await service.listSearchAttributes({ namespace });
  const missing = Object.values(SEARCH_ATTRIBUTES).filter((name) => !(name in (customAttributes ?? {})));
  if (missing.length === 0) return [];
  try {
    await service.addSearchAttributes({
      namespace,
      searchAttributes: Object.fromEntries(missing.map((name) => [name, KEYWORD])),
    });
  } catch (error) {
    if (codeOf(error) === ALREADY_EXISTS) return [];
    if (codeOf(error) === PERMISSION_DENIED) {
      throw new VedetteError(
        'config-invalid',
        `The Temporal namespace ${namespace} lacks the search attributes ${missing.join(', ')}.`,
        { remedy: 'Have its operator create them as keywords.', cause: error },
      );
    }
    throw error;
  }
  return missing;
}

/** A failed call to Temporal in our words. */
export function temporalError(error: unknown, address: string): unknown {
  const cause = error instanceof ServiceError ? error.cause : error;
  if (!isGrpcServiceError(cause)) return error;
  const code = codeOf(cause);
  if (code === UNAUTHENTICATED || code === PERMISSION_DENIED) {
    return new VedetteError('temporal-unreachable', `${address} refuses us: ${cause.details}`, {
      remedy: 'Check TEMPORAL_API_KEY or the client certificate, and TEMPORAL_NAMESPACE.',
      cause: error,
    });
  }
  return new VedetteError('temporal-unreachable', `${address}: ${cause.details || cause.message}`, {
    cause: error,
  });
}

/**
 * Waits until the server answers again when that is why a call failed; another error is thrown as it is, and this one
 * after ten minutes.
 */
export async function outlast({ client, lost }: Temporal, error: unknown): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  for (let failure = error; ; await sleep(ASK_AGAIN_MS)) {
    if (!isAway(failure) || lost?.aborted === true || Date.now() > deadline) throw error;
    try {
      await client.workflowService.getSystemInfo({});
      return;
    } catch (next) {
      failure = next;
    }
  }
}

function isAway(error: unknown): boolean {
  const code = codeOf(error instanceof ServiceError ? error.cause : error);
  return code === UNAVAILABLE || code === DEADLINE_EXCEEDED;
}

/** Worker processes that ask the task queue for work, as the server has seen them in the last minutes. */
export async function workerIdentities(
  { client }: Temporal,
  namespace: string,
  taskQueue: string,
): Promise<string[]> {
  const { pollers } = await client.workflowService.describeTaskQueue({
    namespace,
    taskQueue: { name: taskQueue },
    taskQueueType: ACTIVITY_QUEUE,
  });
  return (pollers ?? []).map(({ identity }) => identity ?? '');
}

/** The code of a failed gRPC call. */
export function codeOf(error: unknown): number | undefined {
  return isGrpcServiceError(error) ? error.code : undefined;
}
