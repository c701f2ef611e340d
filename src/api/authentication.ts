import { createHmac, timingSafeEqual } from 'node:crypto';
import type { CookieSerializeOptions } from '@fastify/cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Place } from '../client/place.ts';
import { VedetteError } from '../errors.ts';
import type { Credential, NewCredential } from '../model/credential.ts';
import { isFresh, refusal } from '../model/permissions.ts';
import { ownOrganization } from '../settings.ts';
import type { Config } from '../settings.ts';
import { actorOf, findCredential, noteUse } from '../store/access/credentials.ts';
import { isOperator } from '../store/organizations/organizations.ts';
import { settingsFor } from '../store/organizations/settings.ts';
import type { Api, App } from './api.ts';
import type { Caller } from './caller.ts';

/** Followed by `_` and the port where the address of the dashboard has one. */
export const SESSION_COOKIE = 'vedette_session';
/** Of one address; each account has a delay of its own. */
export const SIGN_INS_PER_MINUTE = 20;
const USE_NOTED_MS = 60_000;
const SAFE_METHODS = ['GET', 'HEAD', 'OPTIONS'];

/** Finds out who asks, and refuses those whom a route does not let in, before anything of the request is read. */
export function requireAccess(app: App, api: Api): void {
  app.decorateRequest('caller', null);
  const used = useNoter(api);
  app.addHook('onRequest', async (request) => {
    const { access = 'anyone' } = request.routeOptions.config;
    if (access === 'anyone') {
      if (changes(request)) refuseOtherSites(request, api.config);
      return;
    }
    const caller = await callerOf(request, api);
    request.caller = caller;
    used(caller.credential);
    if (caller.csrfToken !== null && changes(request)) {
      refuseOtherSites(request, api.config);
      if (!equal(String(request.headers['x-csrf-token'] ?? ''), caller.csrfToken)) {
        throw new VedetteError('forbidden', 'The header X-CSRF-Token is missing or wrong.', {
          remedy: 'Send the csrfToken that GET /api/v1/session gives.',
        });
      }
    }
    const refused = refusal(access, caller.credential, isFresh(caller.credential, Date.now()));
    if (refused !== null) throw new VedetteError('forbidden', refused);
  });
}

/** Who asks; for the handlers of routes that are not open to anyone. */
export function callerIn({ caller }: FastifyRequest): Caller {
  if (caller === null) throw new VedetteError('unauthenticated', 'Nobody is signed in.');
  return caller;
}

/** Whose session asks; for the handlers of what people do about themselves. */
export function personIn(request: FastifyRequest): Credential & { userId: number } {
  const { credential } = callerIn(request);
  const { userId } = credential;
  if (userId === null) throw new VedetteError('forbidden', 'This needs a person who is signed in.');
  return { ...credential, userId };
}

/** Gives the browser its session. */
export function setSessionCookie(
  reply: FastifyReply,
  config: Config,
  { secret, expiresAt }: NewCredential,
): FastifyReply {
  return reply.setCookie(sessionCookie(reply.request, config), secret, cookieOptions(config, expiresAt));
}

/** Where the runs and schedules of the caller's organisation are. */
export function placeOf({ place }: Api, { organizationId }: Caller): Place {
  return { ...place, organizationId };
}

/** The configuration that holds for the organisation of the caller. */
export async function configFor({ config, store }: Api, { organizationId }: Caller): Promise<Config> {
  return settingsFor(await store(), config, organizationId);
}

/** Whether somebody belongs to the organisation that the installation is run by. */
export function isOwn(config: Config, { organizationId }: Pick<Caller, 'organizationId'>): boolean {
  return organizationId === ownOrganization(config);
}

/**
 * Organisations are made by those who run the installation: with a credential of its own organisation that belongs to nobody,
 * which only the machine gives out, or as a person who is marked as one of them.
 */
export async function requireOperator({ config, store }: Api, caller: Caller): Promise<void> {
  const { userId } = caller.credential;
  if (userId === null ? isOwn(config, caller) : await isOperator(await store(), userId)) return;
  throw new VedetteError('forbidden', 'Only those who run this installation may do that.', {
    remedy: 'Ask them.',
  });
}

/** What a browser must send along to change something; nobody can tell it who does not know the session. */
export function csrfTokenOf(secret: string): string {
  return createHmac('sha256', secret).update('csrf').digest('base64url');
}

export function sessionCookie(request: FastifyRequest, config: Config): string {
  return cookieName(SESSION_COOKIE, request, config);
}

/** Browsers send a cookie to every port of its host; two vedettes on one host must not sign each other's people out. */
export function cookieName(name: string, { headers }: FastifyRequest, { api }: Config): string {
  const address = api.publicUrl === undefined ? (headers.host ?? '') : new URL(api.publicUrl).host;
  const [, port] = /:(\d+)$/.exec(address) ?? [];
  return port === undefined ? name : `${name}_${port}`;
}

/** Of what only the server reads, and no other site can have sent along. */
export function cookieOptions({ api }: Config, expiresAt: string | null): CookieSerializeOptions {
  return {
    path: '/',
    httpOnly: true,
    sameSite: 'strict',
    secure: api.publicUrl?.startsWith('https:') === true,
    ...(expiresAt === null ? {} : { expires: new Date(expiresAt) }),
  };
}

async function callerOf(request: FastifyRequest, api: Api): Promise<Caller> {
  const { authorization } = request.headers;
  const bearer = authorization === undefined ? undefined : /^Bearer +(\S+)$/i.exec(authorization)?.[1];
  const cookie =
    authorization === undefined ? request.cookies[sessionCookie(request, api.config)] : undefined;
  const secret = bearer ?? cookie;
  if (secret === undefined) throw new VedetteError('unauthenticated', 'Nobody is signed in.');
  const store = await api.store();
  const credential = await findCredential(store, bearer === undefined ? 'session' : 'token', secret);
  if (credential === undefined) {
    throw new VedetteError('unauthenticated', 'The credential is unknown, has run out or was revoked.');
  }
  return {
    organizationId: credential.organizationId,
    scope: credential.scope,
    credential,
    actor: actorOf(credential),
    csrfToken: bearer === undefined ? csrfTokenOf(secret) : null,
  };
}

/** Notes that a credential is used, now and then: a database that is busy with a scan must not hold up those who only look. */
function useNoter({ store, logger }: Api): (credential: Credential) => void {
  const noted = new Map<number, number>();
  return (credential) => {
    const last = noted.get(credential.id) ?? 0;
    if (Date.now() - last < USE_NOTED_MS) return;
    noted.set(credential.id, Date.now());
    store()
      .then((opened) => noteUse(opened, credential))
      .catch((error: unknown) => logger.warn({ err: error }, 'the use of a credential was not noted'));
  };
}

function changes({ method }: FastifyRequest): boolean {
  return !SAFE_METHODS.includes(method);
}

/** Browsers say where a request comes from; programs need not. */
function refuseOtherSites({ headers }: FastifyRequest, { api }: Config): void {
  const site = headers['sec-fetch-site'];
  const { origin, host = '' } = headers;
  const known =
    origin === undefined ||
    origin === `http://${host}` ||
    origin === `https://${host}` ||
    (api.publicUrl !== undefined && origin === new URL(api.publicUrl).origin);
  if (known && (site === undefined || site === 'same-origin' || site === 'none')) return;
  throw new VedetteError('forbidden', 'The request comes from another site.', {
    remedy: 'Use the dashboard itself; set VEDETTE_PUBLIC_URL where a proxy stands before it.',
  });
}

function equal(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}
