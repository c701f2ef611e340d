import cookie from '@fastify/cookie';
import rateLimit from '@fastify/rate-limit';
import fastify, { LogController } from 'fastify';
import type { FastifyRequest } from 'fastify';
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { VedetteError } from '../errors.ts';
import type { Api, App } from './api.ts';
import { auditWrites } from './audit-writes.ts';
import { requireAccess } from './authentication.ts';
import { BASE } from './base.ts';
import { serveDashboard } from './dashboard.ts';
import { describeRoutes } from './documents.ts';
import { withoutExpired } from './expiry.ts';
import { refuseForeignHosts } from './hosts.ts';
import { answerBrokenRequest, sendProblem } from './problem.ts';
import { methodsByPath } from './routes-by-path.ts';
import { accountRoutes } from './routes/accounts.ts';
import { auditRoutes } from './routes/audit.ts';
import { billingRoutes } from './routes/billing.ts';
import { checkRoutes } from './routes/checks.ts';
import { complianceRoutes } from './routes/compliance.ts';
import { coverageRoutes } from './routes/coverage.ts';
import { eventExportRoutes } from './routes/event-exports.ts';
import { eventSuppressionRoutes } from './routes/event-suppressions.ts';
import { eventRoutes } from './routes/events.ts';
import { inviteRoutes } from './routes/invites.ts';
import { ownRoutes } from './routes/me.ts';
import { memberRoutes } from './routes/members.ts';
import { notificationRoutes } from './routes/notifications.ts';
import { organizationRoutes } from './routes/organizations.ts';
import { ownTokenRoutes } from './routes/own-tokens.ts';
import { passkeyRoutes } from './routes/passkeys.ts';
import { providerRoutes } from './routes/providers.ts';
import { runStreamRoutes } from './routes/run-stream.ts';
import { runRoutes } from './routes/runs.ts';
import { s3Routes } from './routes/s3.ts';
import { scanRoutes } from './routes/scans.ts';
import { scheduleRoutes } from './routes/schedules.ts';
import { secondFactorRoutes } from './routes/second-factor.ts';
import { serverRoutes } from './routes/server.ts';
import { sessionRoutes } from './routes/session.ts';
import { signedInRoutes } from './routes/sessions.ts';
import { summaryRoutes } from './routes/summary.ts';
import { suppressionRoutes } from './routes/suppressions.ts';
import { tokenRoutes } from './routes/tokens.ts';
import { viewRoutes } from './routes/view360.ts';
import { secureHeaders } from './security-headers.ts';

const BODY_BYTES = 1024 * 1024;
const REQUEST_MS = 30_000;
/** Longer than an address can be: what is too long for a parameter, its schema says. */
const MOST_PARAMETER = 65_536;

/** The server with all its routes, not yet listening. */
export async function buildApp(api: Api): Promise<App> {
  const { config, logger } = api;
  const app = fastify({
    loggerInstance: logger,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: BODY_BYTES,
    requestTimeout: REQUEST_MS,
    routerOptions: { maxParamLength: MOST_PARAMETER },
    trustProxy: config.api.trustedProxies.length === 0 ? false : config.api.trustedProxies,
    clientErrorHandler: answerBrokenRequest,
    frameworkErrors: (error, request, reply) => void sendProblem(error, request, reply),
    // Streams that nobody ends would keep the server from ending.
    forceCloseConnections: true,
  }).withTypeProvider<ZodTypeProvider>() as unknown as App;
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  app.removeContentTypeParser('text/plain');
  app.setErrorHandler((error, request, reply) => sendProblem(error, request, reply));
  logRequests(app);

  await secureHeaders(app, config);
  refuseForeignHosts(app, config);
  await limitRates(app, config.api.requestsPerMinute);
  await app.register(cookie);
  requireAccess(app, api);
  auditWrites(app, api.audit);
  demandDeclarations(app);
  const methodsAt = methodsByPath(app);
  await describeRoutes(app);
  const current = { ...api, store: withoutExpired(api.store, logger) };
  await app.register(async (scope) => registerRoutes(scope as unknown as App, current), { prefix: BASE });
  await serveDashboard(app, methodsAt);
  await app.ready();
  return app;
}

function registerRoutes(app: App, api: Api): void {
  serverRoutes(app, api);
  sessionRoutes(app, api);
  summaryRoutes(app, api);
  eventRoutes(app, api);
  coverageRoutes(app, api);
  eventExportRoutes(app, api);
  eventSuppressionRoutes(app, api);
  suppressionRoutes(app, api);
  scanRoutes(app, api);
  viewRoutes(app, api);
  runRoutes(app, api);
  s3Routes(app, api);
  runStreamRoutes(app, api);
  accountRoutes(app, api);
  checkRoutes(app, api);
  complianceRoutes(app, api);
  scheduleRoutes(app, api);
  notificationRoutes(app, api);
  memberRoutes(app, api);
  inviteRoutes(app, api);
  ownRoutes(app, api);
  secondFactorRoutes(app, api);
  providerRoutes(app, api);
  passkeyRoutes(app, api);
  ownTokenRoutes(app, api);
  tokenRoutes(app, api);
  signedInRoutes(app, api);
  organizationRoutes(app, api);
  billingRoutes(app, api);
  auditRoutes(app, api);
}

/** A route that does not say whom it lets in, or what the audit log calls it, is a mistake that must not go unnoticed. */
function demandDeclarations(app: App): void {
  app.addHook('onRoute', ({ url, method, config }) => {
    if (!url.startsWith(BASE) || url.startsWith(`${BASE}/docs`)) return;
    const changes = [method].flat().some((name) => !['GET', 'HEAD'].includes(name));
    if (config?.access === undefined || (changes && config.action === undefined)) {
      throw new VedetteError(
        'unexpected',
        `${url} does not say whom it lets in, or what the audit log calls it.`,
      );
    }
  });
}

async function limitRates(app: App, max: number): Promise<void> {
  await app.register(rateLimit, {
    global: true,
    max,
    timeWindow: '1 minute',
    errorResponseBuilder: (_request, { after }) =>
      new VedetteError('too-many-requests', `Too many requests; go on in ${after}.`),
  });
}

/** One line for each request: no headers, and of the address no parameters, for nobody knows what stands there. */
function logRequests(app: App): void {
  app.addHook('onResponse', async (request, reply) => {
    request.log.info(
      {
        method: request.method,
        path: pathOf(request),
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime),
        by: request.caller?.actor,
      },
      'request',
    );
  });
}

function pathOf({ url }: FastifyRequest): string {
  return url.split('?')[0] ?? '';
}
