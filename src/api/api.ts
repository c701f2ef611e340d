import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import type { Place } from '../client/place.ts';
import type { Temporal } from '../client/temporal.ts';
import type { RunWatch } from '../client/watch-run.ts';
import type { ComplianceBasis } from '../compliance/basis.ts';
import type { Logger } from '../log.ts';
import type { FailureType } from '../model/failure.ts';
import type { Config } from '../settings.ts';
import type { Author } from '../store/access/author.ts';
import type { Store } from '../store/database/store.ts';
import type { AuditTrail } from './audit-trail.ts';
import type { Access, Caller } from './caller.ts';
import type { Streams } from './streams.ts';

/** What the routes work with. */
export interface Api {
  config: Config;
  /** Opened on first use. */
  store: () => Promise<Store>;
  temporal: Temporal;
  /** Where runs and schedules are. */
  place: Place;
  watch: RunWatch;
  audit: AuditTrail;
  /** The catalogue of checks, and the frameworks that speak of them; loaded on first use. */
  compliance: () => Promise<ComplianceBasis>;
  streams: Streams;
  logger: Logger;
  /** Aborts when the server shuts down. */
  closing: AbortSignal;
}

/** The server, with types from the schemas of its routes. */
export type App = FastifyInstance<
  Server,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  ZodTypeProvider
>;

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Who may use the route. */
    access?: Access;
    /** What the audit log calls it; every route that changes something has one. */
    action?: string;
  }
  interface FastifyRequest {
    /** Null on routes that anyone may use, and until somebody is known. */
    caller: Caller | null;
    /** By whom changes are while it is handled; null before. */
    author: Author | null;
    /** What became of it, for the audit log. */
    failure: FailureType | null;
    /** What it asked for, once that was found valid, and what came of it; for the audit log. */
    audited: Readonly<Record<string, unknown>> | null;
  }
}
