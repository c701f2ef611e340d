import type { FastifyReply, FastifyRequest } from 'fastify';
import { VedetteError } from '../errors.ts';
import { isFresh } from '../model/permissions.ts';
import type { Config } from '../settings.ts';
import { isSecret, newSecret } from '../store/access/secrets.ts';
import { cookieName, cookieOptions, personIn, SIGN_INS_PER_MINUTE } from './authentication.ts';

/** Of the browser that signs in: an answer that was given to another one is worth nothing in it. */
const COOKIE = 'vedette_signing_in';
const COOKIE_MS = 10 * 60_000;

interface InBrowser {
  browser: string;
  base: string;
}

/** Which browser goes on to sign in, and where it has the dashboard. */
export function browserIn(request: FastifyRequest, config: Config): InBrowser {
  const base = config.api.publicUrl ?? `${request.protocol}://${request.host}`;
  return { base, browser: request.cookies[cookieName(COOKIE, request, config)] ?? '' };
}

/** Which browser begins to sign in. Several pages of it may do so beside each other. */
export function beginningBrowser(request: FastifyRequest, reply: FastifyReply, config: Config): InBrowser {
  const before = browserIn(request, config);
  const browser = isSecret('browser', before.browser) ? before.browser : newSecret('browser');
  const until = new Date(Date.now() + COOKIE_MS).toISOString();
  void reply.setCookie(cookieName(COOKIE, request, config), browser, cookieOptions(config, until));
  return { ...before, browser };
}

/** Whoever finds a browser that was left signed in shall not give themselves a way in that lasts. */
export function freshPersonIn(request: FastifyRequest): ReturnType<typeof personIn> {
  const person = personIn(request);
  if (isFresh(person, Date.now())) return person;
  throw new VedetteError('forbidden', 'You have to have signed in within the last 15 minutes.', {
    remedy: 'Sign out and in again, and do it then.',
  });
}

/** A route by which somebody could guess. */
export function limited<Route extends { config: object }>(route: Route) {
  return { ...route, config: { ...route.config, rateLimit: { max: SIGN_INS_PER_MINUTE } } };
}
