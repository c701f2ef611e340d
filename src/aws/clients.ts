import { setMaxListeners } from 'node:events';
import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { Readable } from 'node:stream';
import { getSmithyContext } from '@smithy/core/client';
import type { Client } from '@smithy/core/client';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import type {
  AwsCredentialIdentity,
  BuildMiddleware,
  FinalizeRequestMiddleware,
  HandlerExecutionContext,
  InitializeMiddleware,
  MetadataBearer,
} from '@smithy/types';
import { VedetteError } from '../errors.ts';
import { CallCounts } from './call-counts.ts';
import { serviceName } from './call.ts';
import type { AwsCall } from './call.ts';
import { awsFailure } from './failures.ts';
import { keepRoom, makeRoom } from './idle-sockets.ts';
import { InFlight } from './in-flight.ts';
import type { Room } from './in-flight.ts';
import { assertAllowed } from './read-only.ts';
import type { AllowedCall } from './read-only.ts';
import type { SharedLimits } from './shared-limits.ts';

// The SDK's own client classes have nothing more in common.
// oxlint-disable-next-line typescript/no-explicit-any
type AnyClient = Client<any, any, any, any>;

/** A client class of the SDK, e.g. `S3Client`: a collector brings those that it needs, and loads them late. */
// oxlint-disable-next-line typescript/no-explicit-any
export type ClientClass<One extends AnyClient> = new (settings: any) => One;

/** What a client needs of the way into an account. */
export interface ClientAccess {
  credentials(): Promise<AwsCredentialIdentity>;
  /** Where AWS is, for accounts that are not at AWS itself. */
  endpoint: string | null;
  /** The profile whose other settings count, such as FIPS endpoints. */
  profile: string | null;
}

export interface ClientOptions {
  /** How to get into the account. */
  access: ClientAccess;
  /** Whose limits they are: one for everything that scans this account in this process, best its id. */
  account: string;
  /** All operations that may be sent. */
  allowed: ReadonlySet<AllowedCall>;
  limits: SharedLimits;
  /** Ends every call under way when it is aborted; what waits then rejects with its reason. */
  signal: AbortSignal;
  /** Attempts at a call, the first one included. */
  maxAttempts?: number;
  timeouts?: { connectMs: number; answerMs: number };
}

/** Clients for one account: each there once, all on the same sockets. */
export interface AwsClients {
  /** The client of a service in a region; its paginators and waiters work as ever. */
  of<One extends AnyClient>(clientClass: ClientClass<One>, region: string): One;
  counts: CallCounts;
  /** Closes the sockets and gives the limits back. */
  close(): void;
}

const MAX_ATTEMPTS = 4;
const TIMEOUTS = { connectMs: 15_000, answerMs: 30_000 };
/** Many services answer at one host (S3, and every service behind a proxy), and a process scans many accounts. */
const ROOM: Room = { toHost: 32, inAll: 128 };
const SOCKETS = { keepAlive: true, maxSockets: ROOM.toHost, maxTotalSockets: ROOM.inAll };
const nothing = (): void => undefined;
/** Otherwise the SDK writes to the console what is thrown anyway. */
const SILENT = { trace: nothing, debug: nothing, info: nothing, warn: nothing, error: nothing };

/**
 * Opens the clients with which a collector reads one account. Every call passes, in this order: the list of allowed calls;
 * the SDK's retries; and each attempt the circuit breaker, the limiter, and the counts.
 */
export function openClients(options: ClientOptions): AwsClients {
  const { access, account, limits, signal, maxAttempts = MAX_ATTEMPTS, timeouts = TIMEOUTS } = options;
  const counts = new CallCounts();
  const clients = new Map<string, AnyClient>();
  const ended = new AbortController();
  const either = AbortSignal.any([signal, ended.signal]);
  // Every call under way listens to it.
  setMaxListeners(0, either);
  const requestHandler = new AbortableHandler(either, timeouts);
  const giveBack = limits.use(account);

  function make<One extends AnyClient>(clientClass: ClientClass<One>, region: string): One {
    const client = new clientClass({
      region,
      credentials: access.credentials,
      // Else the client would look into the section of another profile for what is left out here.
      ...(access.profile === null ? {} : { profile: access.profile }),
      ...(access.endpoint === null
        ? {}
        : { endpoint: endpointOf(clientClass, access.endpoint), forcePathStyle: true }),
      requestHandler,
      maxAttempts,
      retryMode: 'standard',
      logger: SILENT,
    });
    if (access.endpoint !== null && putsAccountBeforeHost(clientClass)) keepToHost(client, access.endpoint);
    guard(client, region);
    return client;
  }

  function guard(client: AnyClient, region: string): void {
    const { serviceId = '' } = client.config as { serviceId?: string };
    const service = serviceName(serviceId);
    const own = limits.of(account, region, service);
    const { limiter, breaker } = own;
    const callOf = (context: HandlerExecutionContext): AwsCall => ({
      service,
      operation: operationOf(context),
      region,
    });
    const { middlewareStack } = client;
    const guarded: InitializeMiddleware<object, MetadataBearer> = (next, context) => async (input) => {
      assertAllowed(callOf(context), options.allowed);
      return untilAborted(next(input), either);
    };
    const attempted: FinalizeRequestMiddleware<object, MetadataBearer> = (next, context) => async (input) => {
      const call = callOf(context);
      const ofOperation = own.breakerOf(call.operation);
      const refusal = breaker.refusal() ?? ofOperation.refusal();
      if (refusal !== null) throw unreachable(call, refusal);
      await limiter.take(either);
      try {
        const output = await next(input);
        counts.record(call, null);
        limiter.succeeded();
        breaker.answered();
        ofOperation.answered();
        return output;
      } catch (error) {
        either.throwIfAborted();
        const { kind, code, message } = awsFailure(error, call);
        counts.record(call, kind);
        if (kind === 'throttled') limiter.throttled();
        const reason = `${code}: ${message}`;
        if (kind === 'network') breaker.failed(reason);
        else breaker.answered();
        if (kind === 'server') ofOperation.failed(reason);
        else if (kind !== 'network') ofOperation.answered();
        throw error;
      }
    };
    middlewareStack.add(guarded, { name: 'vedetteCall', step: 'initialize', priority: 'high' });
    middlewareStack.addRelativeTo(attempted, {
      name: 'vedetteAttempt',
      relation: 'after',
      toMiddleware: 'retryMiddleware',
    });
  }

  return {
    counts,
    of<One extends AnyClient>(clientClass: ClientClass<One>, region: string): One {
      const key = `${clientClass.name}/${region}`;
      const client = clients.get(key) ?? make(clientClass, region);
      clients.set(key, client);
      return client as One;
    },
    close() {
      ended.abort(new VedetteError('unexpected', 'The clients of the account are closed.'));
      requestHandler.destroy();
      giveBack();
    },
  };
}

/** S3 Control calls `<account>.<host>`: at an endpoint of one's own there is no such host, and of an address there is none. */
function putsAccountBeforeHost({ name }: ClientClass<AnyClient>): boolean {
  return name === 'S3ControlClient';
}

/** An endpoint that the client can put something before. */
function endpointOf(clientClass: ClientClass<AnyClient>, endpoint: string): string {
  if (!putsAccountBeforeHost(clientClass)) return endpoint;
  const url = new URL(endpoint);
  url.hostname = 'localhost';
  return url.href;
}

/** Takes back what a client has put before the host, and the name that it was put before. */
function keepToHost({ middlewareStack }: AnyClient, endpoint: string): void {
  const { hostname } = new URL(endpoint);
  const kept: BuildMiddleware<object, MetadataBearer> = (next) => async (input) => {
    (input.request as { hostname: string }).hostname = hostname;
    return next(input);
  };
  middlewareStack.add(kept, { name: 'vedetteHost', step: 'build', priority: 'high' });
}

/** What is about to be sent, by the description of the operation that the SDK makes the request of. */
function operationOf(context: HandlerExecutionContext): string {
  const schema: unknown = getSmithyContext(context)['operationSchema'];
  return String(Array.isArray(schema) ? schema[2] : undefined);
}

function unreachable({ service, operation, region }: AwsCall, refusal: string): VedetteError {
  return new VedetteError(
    'aws-unreachable',
    `${service}:${operation} in ${region} is left alone for a while: ${refusal}.`,
  );
}

/** The outcome of the work, or at once the signal's reason. */
function untilAborted<Result>(work: Promise<Result>, signal: AbortSignal): Promise<Result> {
  return new Promise((resolve, reject) => {
    const stop = (): void => reject(signal.reason as Error);
    signal.addEventListener('abort', stop, { once: true });
    if (signal.aborted) stop();
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}

/** Requests of all clients of an account, on sockets that are kept and counted; aborted by one signal. */
class AbortableHandler extends NodeHttpHandler {
  readonly #signal: AbortSignal;
  readonly #agents: readonly HttpAgent[];
  readonly #inFlight = new InFlight(ROOM);

  constructor(signal: AbortSignal, { connectMs, answerMs }: { connectMs: number; answerMs: number }) {
    const httpAgent = new HttpAgent(SOCKETS);
    const httpsAgent = new HttpsAgent(SOCKETS);
    super({
      httpAgent,
      httpsAgent,
      connectionTimeout: connectMs,
      requestTimeout: answerMs,
      throwOnRequestTimeout: true,
      logger: SILENT,
    });
    this.#signal = signal;
    this.#agents = [httpAgent, httpsAgent];
    this.#agents.forEach(keepRoom);
  }

  override async handle(...[request, options = {}]: Parameters<NodeHttpHandler['handle']>) {
    const { abortSignal } = options;
    const signal =
      abortSignal === undefined ? this.#signal : AbortSignal.any([abortSignal as AbortSignal, this.#signal]);
    const { hostname, port = '' } = request;
    const end = await this.#inFlight.begin(`${hostname}:${port}`, signal);
    try {
      for (const agent of this.#agents) makeRoom(agent);
      const answer = await super.handle(request, { ...options, abortSignal: signal });
      // Until it has been read, the answer needs the socket.
      const { body } = answer.response as { body?: unknown };
      if (body instanceof Readable && !body.destroyed) body.once('close', end);
      else end();
      return answer;
    } catch (error) {
      end();
      throw error;
    }
  }
}
