import { setTimeout as sleep } from 'node:timers/promises';
import type { SharedLimits } from '../aws/shared-limits.ts';
import { VedetteError } from '../errors.ts';
import type { GoogleAccess } from './access.ts';
import { refusedBy, unanswered } from './failures.ts';
import type { GoogleFailure } from './failures.ts';

/** The APIs that are called, as their hosts are named. */
export type GoogleApi =
  | 'cloudasset'
  | 'cloudresourcemanager'
  | 'logging'
  | 'monitoring'
  | 'securitycenter'
  | 'securitycentermanagement';

export interface GoogleRequest {
  api: GoogleApi;
  /** From its version on, e.g. `v2/projects/prod-1/metrics`. */
  path: string;
  query?: Readonly<Record<string, string | readonly string[]>>;
  /** Of a question that is sent by POST; what changes something is never sent. */
  body?: unknown;
}

export interface GoogleClient {
  projectId: string;
  /** @throws GoogleCallError; VedetteError `credentials`; the signal's reason */
  ask(request: GoogleRequest): Promise<unknown>;
  /** All that a list has, page by page. @param field of an answer that holds the items */
  list(request: GoogleRequest, field: string): Promise<Record<string, unknown>[]>;
}

/** A call without an answer, also after the attempts that were made. */
export class GoogleCallError extends VedetteError {
  readonly failure: GoogleFailure;

  constructor(failure: GoogleFailure, { api, path }: GoogleRequest) {
    super('unexpected', `Google answered ${failure.code} to ${api} ${path}.`);
    this.failure = failure;
  }
}

const ATTEMPTS = 4;
const FIRST_PAUSE_MS = 250;
const ATTEMPT_MS = 60_000;
const MOST_PAGES = 10_000;

/** Asks Google in JSON: each call with a token, at the pace of the project, and again where that can help. */
export function openGoogle(
  access: GoogleAccess,
  { limits, signal }: { limits: SharedLimits; signal: AbortSignal },
): GoogleClient {
  const { projectId, endpoint } = access;

  async function attempt(request: GoogleRequest): Promise<{ answer: unknown } | GoogleFailure> {
    const { limiter } = limits.of(projectId, '', request.api);
    await limiter.take(signal);
    const token = await access.token();
    try {
      const response = await fetch(urlOf(request, endpoint), {
        method: request.body === undefined ? 'GET' : 'POST',
        headers: {
          authorization: `Bearer ${token}`,
          accept: 'application/json',
          ...(request.body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
        // The token is for this host alone.
        redirect: 'error',
        signal: AbortSignal.any([signal, AbortSignal.timeout(ATTEMPT_MS)]),
      });
      const text = await response.text();
      if (response.ok) {
        limiter.succeeded();
        return { answer: text === '' ? {} : (JSON.parse(text) as unknown) };
      }
      const failure = refusedBy({ status: response.status, body: jsonOrNull(text) });
      if (failure.kind === 'throttled') limiter.throttled();
      return failure;
    } catch (thrown) {
      signal.throwIfAborted();
      return unanswered(thrown);
    }
  }

  async function ask(request: GoogleRequest): Promise<unknown> {
    for (let attempts = 1; ; attempts += 1) {
      const given = await attempt(request);
      if ('answer' in given) return given.answer;
      if (given.kind === 'credentials') throw access.explain(new GoogleCallError(given, request));
      const passes = given.kind === 'throttled' || given.kind === 'server' || given.kind === 'network';
      if (!passes || attempts === ATTEMPTS) throw new GoogleCallError(given, request);
      await sleep(FIRST_PAUSE_MS * 2 ** (attempts - 1), undefined, { signal });
    }
  }

  return {
    projectId,
    ask,
    async list(request, field) {
      const all: Record<string, unknown>[] = [];
      let token = '';
      for (let page = 0; page < MOST_PAGES; page += 1) {
        const query = token === '' ? request.query : { ...request.query, pageToken: token };
        const answer = (await ask({ ...request, ...(query && { query }) })) as Record<string, unknown>;
        all.push(...((answer[field] ?? []) as Record<string, unknown>[]));
        token = typeof answer['nextPageToken'] === 'string' ? answer['nextPageToken'] : '';
        if (token === '') break;
      }
      return all;
    },
  };
}

function urlOf({ api, path, query = {} }: GoogleRequest, endpoint: string | null): URL {
  const url = new URL(`${endpoint ?? `https://${api}.googleapis.com`}/${path}`);
  for (const [name, values] of Object.entries(query)) {
    for (const value of typeof values === 'string' ? [values] : values) url.searchParams.append(name, value);
  }
  return url;
}

function jsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
