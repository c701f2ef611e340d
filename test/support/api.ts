import { request } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { App } from '../../src/api/api.ts';
import { buildApp } from '../../src/api/app.ts';
import { AuditTrail } from '../../src/api/audit-trail.ts';
import { Streams } from '../../src/api/streams.ts';
import { ownPlace } from '../../src/client/place.ts';
import type { Place } from '../../src/client/place.ts';
import type { RunDetails } from '../../src/client/run-details.ts';
import { runDetails } from '../../src/client/run-details.ts';
import { lazyTemporal } from '../../src/client/temporal.ts';
import type { Temporal } from '../../src/client/temporal.ts';
import { RunWatch } from '../../src/client/watch-run.ts';
import { silent } from '../../src/log.ts';
import type { Logger } from '../../src/log.ts';
import type { Config } from '../../src/settings.ts';
import { complianceBasis } from '../../src/sources/checks/described.ts';
import { createToken } from '../../src/store/access/credentials.ts';
import type { Store } from '../../src/store/database/store.ts';
import { addOrganizations, testConfig } from './stores.ts';

export const OTHER_ORGANISATION = 'another organisation';
const NOBODY_LISTENS = '127.0.0.1:1';

/** Tokens of the installation's organisation with each scope, and an admin's of another one. */
export type Who = 'read' | 'operate' | 'admin' | 'other';

type Headers = Readonly<Record<string, string>>;

export interface Answer {
  status: number;
  headers: Readonly<Record<string, string | string[] | undefined>>;
  text: string;
  json: any;
}

export interface TestApi {
  app: App;
  tokens: Record<Who, string>;
  watch: RunWatch;
  /** How often a run was looked at. */
  looks(): number;
  /** Where it listens. */
  url: string;
  /**
   * Asks as somebody; null for nobody. The path begins after `/api/v1`, or is a whole one with `//` before it. Text is sent as
   * it is.
   */
  ask(who: Who | null, method: string, path: string, body?: unknown, headers?: Headers): Promise<Answer>;
  get(path: string, who?: Who): Promise<Answer>;
  post(path: string, body?: unknown, who?: Who): Promise<Answer>;
  close(): Promise<void>;
}

interface Parts {
  config: Config;
  /** Without one, of a server that is away. */
  temporal?: Temporal;
  logger?: Logger;
}

/** The document of the API, as it is committed. */
export async function openApiDocument(): Promise<string> {
  const nowhere = async (): Promise<Store> => {
    throw new Error('The document needs no database.');
  };
  const { app, close } = await createApp({ config: testConfig({}), store: nowhere });
  try {
    return `${JSON.stringify(app.swagger(), null, 2)}\n`;
  } finally {
    await close();
  }
}

/** The API on a database that is there, on a port of its own. */
export async function createApi({ store, ...parts }: Parts & { store: Store }): Promise<TestApi> {
  const { app, watch, looks, close } = await createApp({ ...parts, store: async () => store });
  await addOrganizations(store, OTHER_ORGANISATION);
  const tokens = await createTokens(store, parts.config.general.organizationId);

  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = app.server.address() as AddressInfo;

  const ask: TestApi['ask'] = async (who, method, path, body, headers = {}) =>
    send({
      port,
      method,
      path: path.startsWith('//') ? path.slice(1) : `/api/v1${path}`,
      headers: { ...(who === null ? {} : { authorization: `Bearer ${tokens[who]}` }), ...headers },
      body,
    });
  return {
    app,
    url,
    tokens,
    watch,
    looks,
    ask,
    get: (path, who = 'read') => ask(who, 'GET', path),
    post: (path, body, who = 'operate') => ask(who, 'POST', path, body),
    close,
  };
}

/** The API, not yet listening. */
async function createApp({
  config,
  store,
  temporal,
  logger = silent,
}: Parts & { store: () => Promise<Store> }): Promise<Pick<TestApi, 'app' | 'watch' | 'looks' | 'close'>> {
  const place = ownPlace(temporal ?? (await lazyTemporal(config, NOBODY_LISTENS)), config);
  const closing = new AbortController();
  let looks = 0;
  const look = (of: Place, runId: string, known: RunDetails | undefined) => {
    looks += 1;
    return runDetails(of, runId, known?.input);
  };
  const watch = new RunWatch({ look, everyMs: 100, heartbeatMs: 1000 });
  const audit = new AuditTrail(store, logger);
  const { signal } = closing;
  const streams = new Streams(store, logger);
  const parts = {
    config,
    store,
    temporal: place.temporal,
    place,
    watch,
    audit,
    compliance: async () => complianceBasis(config.checks),
    streams,
    logger,
    closing: signal,
  };
  const app = await buildApp(parts);
  return {
    app,
    watch,
    looks: () => looks,
    async close() {
      closing.abort();
      await app.close();
      await audit.settled();
      if (temporal === undefined) await place.temporal.close();
    },
  };
}

async function createTokens(store: Store, organizationId: string): Promise<Record<Who, string>> {
  const make = async (organization: string, name: Who, scope: 'read' | 'operate' | 'admin') =>
    (await createToken(store, organization, { name, scope, createdBy: 'a test', expiresAt: null })).secret;
  return {
    read: await make(organizationId, 'read', 'read'),
    operate: await make(organizationId, 'operate', 'operate'),
    admin: await make(organizationId, 'admin', 'admin'),
    other: await make(OTHER_ORGANISATION, 'other', 'admin'),
  };
}

interface Request {
  port: number;
  method: string;
  path: string;
  headers: Headers;
  body: unknown;
}

/** Not by fetch, which lets nobody choose the host or the site that a request is from. */
function send({ port, method, path, headers, body }: Request): Promise<Answer> {
  const content = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
  const type: Headers = content === undefined ? {} : { 'content-type': 'application/json' };
  return new Promise((resolve, reject) => {
    const asked = request({ port, method, path, headers: { ...type, ...headers } }, (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (piece: string) => (text += piece));
      answer.on('error', reject).on('end', () => {
        const isJson = /^application\/(problem\+)?json(;|$)/.test(answer.headers['content-type'] ?? '');
        const json: unknown = isJson && text !== '' ? JSON.parse(text) : null;
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text, json });
      });
    });
    asked.on('error', reject).end(content);
  });
}
