import type { FastifyReply, FastifyRequest } from 'fastify';
import type { AuditOutcome } from '../model/audit.ts';
import { actingAs, newAuthor } from '../store/access/author.ts';
import type { App } from './api.ts';
import type { AuditTrail } from './audit-trail.ts';
import { BASE } from './base.ts';

const MOST_DETAILS = 16_384;
const TOO_MANY_REQUESTS = 429;

/**
 * Says who the author of every change is, and records what a known caller has tried where no change is recorded with it:
 * what was refused or failed, had nothing to change, or is done by Temporal.
 */
export function auditWrites(app: App, trail: AuditTrail): void {
  app.decorateRequest('failure', null);
  app.decorateRequest('audited', null);
  app.decorateRequest('author', null);
  app.addHook('preHandler', (request, _reply, done) => {
    const { body, caller } = request;
    if (isMapping(body)) request.audited = { request: body };
    request.author = newAuthor(caller?.actor ?? 'somebody who signs in', caller?.credential.userId ?? null);
    actingAs(request.author, done);
  });
  app.addHook('preSerialization', async (request, _reply, payload) => {
    if (request.failure === null && isMapping(payload))
      request.audited = { ...request.audited, result: facts(payload) };
    return payload;
  });
  app.addHook('onResponse', async (request, reply) => {
    const { action } = request.routeOptions.config;
    // Who floods the server shall not flood the log as well.
    if (action === undefined || reply.statusCode === TOO_MANY_REQUESTS) return;
    const { caller } = request;
    // What was changed in the database is in the log already, by the transaction that changed it.
    if (reply.statusCode < 400 && request.author?.recorded.has(action) === true) return;
    // Whom nobody knows cannot fill it either: such requests are in the server's own log.
    if (caller === null) return;
    trail.record({
      organizationId: caller.organizationId,
      at: new Date().toISOString(),
      actor: caller.actor,
      userId: caller.credential.userId,
      action,
      target: targetOf(request, reply),
      details: detailsOf(request, reply),
      outcome: outcomeOf(reply.statusCode),
    });
  });
}

function outcomeOf(status: number): AuditOutcome {
  if (status < 400) return 'done';
  return status < 500 ? 'refused' : 'failed';
}

/** What was made, else what the request is about: where that stands in its body, by name. */
function targetOf({ url, audited }: FastifyRequest, reply: FastifyReply): string {
  const chosen = chosenEvents(audited?.['request']);
  if (chosen !== undefined) return chosen;
  const location = reply.getHeader('location');
  const path = typeof location === 'string' ? location : (url.split('?')[0] ?? '');
  return path.replace(`${BASE}/`, '');
}

/** Events that a body chooses: those of a filter stand in the details. */
function chosenEvents(body: unknown): string | undefined {
  const targets = isMapping(body) ? body['targets'] : undefined;
  if (!isMapping(targets)) return undefined;
  return Array.isArray(targets['ids']) ? `events/${targets['ids'].join(',')}` : 'events';
}

function detailsOf(request: FastifyRequest, reply: FastifyReply): Record<string, unknown> {
  const details = {
    status: reply.statusCode,
    ...(request.failure === null ? {} : { failure: request.failure }),
    ...request.audited,
  };
  return JSON.stringify(details).length > MOST_DETAILS
    ? { status: reply.statusCode, tooLong: true }
    : details;
}

/** The short part of an answer: numbers and names, no lists. */
function facts(payload: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(payload).filter(([, value]) => typeof value !== 'object' || value === null),
  );
}

function isMapping(value: unknown): value is Record<string, unknown> {
  const isObject = typeof value === 'object' && value !== null;
  return isObject && !Array.isArray(value) && !(value instanceof Uint8Array);
}
