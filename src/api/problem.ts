import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import { failureKinds, reportOf, VedetteError } from '../errors.ts';
import type { FailureReport, FailureType } from '../model/failure.ts';
import type { Problem } from './schemas/common.ts';

export const PROBLEM_TYPE = 'application/problem+json';
const RETRY_AFTER_S = 5;

/** The HTTP status of every kind of failure. */
export const HTTP_STATUSES: Readonly<Record<FailureType, number>> = {
  usage: 400,
  'account-unknown': 400,
  unauthenticated: 401,
  'second-factor-required': 401,
  forbidden: 403,
  'plan-required': 403,
  'plan-limit': 403,
  'not-found': 404,
  'account-busy': 409,
  'nothing-to-scan': 409,
  'too-many-requests': 429,
  unexpected: 500,
  'config-invalid': 500,
  'scanner-missing': 500,
  'scanner-failed': 500,
  'scanner-timed-out': 500,
  'scan-empty': 500,
  'scan-mismatch': 500,
  'results-missing': 500,
  'results-invalid': 500,
  'artifact-lost': 500,
  'artifacts-refused': 500,
  'database-refused': 500,
  'database-read-only': 503,
  'python-missing': 500,
  'setup-failed': 500,
  'aws-call-refused': 500,
  credentials: 502,
  'aws-unreachable': 503,
  'mail-refused': 502,
  'channel-unreachable': 502,
  'channel-refused': 502,
  'mail-unreachable': 502,
  'artifacts-unreachable': 503,
  'disk-full': 503,
  'database-unreachable': 503,
  'database-busy': 503,
  'provider-unreachable': 503,
  'temporal-missing': 503,
  'temporal-unreachable': 503,
  'stack-failed': 503,
};

/** Any error as what the client is told: of what goes wrong inside only the kind, and where to read on. */
export function problemOf(error: unknown, requestId: string): Problem {
  if (hasZodFastifySchemaValidationErrors(error)) return invalidRequest(error);
  const httpStatus = clientErrorStatus(error);
  const report = reportOf(error);
  if (httpStatus !== undefined) return problem(httpStatus, { ...report, ...usage(httpStatus) });
  const status = HTTP_STATUSES[report.type];
  if (status < 500) return problem(status, report);
  const message = `The log of the server tells more, at request ${requestId}.`;
  const remedy = report.type === 'unexpected' ? 'Report what that log says.' : report.remedy;
  return problem(status, { ...report, message, remedy });
}

/** Answers with the problem that an error is. */
export function sendProblem(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const answer = problemOf(error, request.id);
  if (answer.status >= 500) request.log.error({ err: error }, 'a request failed');
  if (answer.status === 503) void reply.header('retry-after', RETRY_AFTER_S);
  if (answer.status === 401) void reply.header('www-authenticate', 'Bearer realm="vedette"');
  request.failure = answer.failure;
  return reply.code(answer.status).type(PROBLEM_TYPE).send(answer);
}

/** Answers a request for something that is there, but not by this method. */
export function sendMethodNotAllowed(
  methods: readonly string[],
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const message = `${request.method} is not possible here.`;
  const answer = problem(405, { type: 'usage', message, remedy: `Possible are ${methods.join(', ')}.` });
  return reply.code(405).header('allow', methods.join(', ')).type(PROBLEM_TYPE).send(answer);
}

const BROKEN: Readonly<Record<string, { status: number; words: string }>> = {
  HPE_HEADER_OVERFLOW: { status: 431, words: 'The address or the headers are too long.' },
  ERR_HTTP_REQUEST_TIMEOUT: { status: 408, words: 'The request did not arrive in time.' },
};

/** Answers what is so broken that it never becomes a request. */
export function answerBrokenRequest(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const { status, words } = BROKEN[error.code ?? ''] ?? { status: 400, words: 'This is no HTTP request.' };
  const answer = problem(status, { type: 'usage', message: words, remedy: failureKinds.usage.remedy });
  const body = JSON.stringify(answer);
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`,
    `Content-Type: ${PROBLEM_TYPE}; charset=utf-8`,
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}

function problem(status: number, { type, message, remedy }: FailureReport): Problem {
  const words = type.replaceAll('-', ' ');
  return {
    type: `/docs/errors#${type}`,
    title: `${words.charAt(0).toUpperCase()}${words.slice(1)}`,
    status,
    detail: message,
    failure: type,
    remedy,
  };
}

function invalidRequest(error: FastifyError): Problem {
  const part = error.validationContext ?? 'request';
  const errors = (error.validation ?? []).map(({ instancePath, message = 'is not valid' }) => ({
    path: [part, ...instancePath.split('/').filter((name) => name !== '')].join('.'),
    message,
  }));
  const detail = errors.map(({ path, message }) => `${path}: ${message}`).join('; ');
  const remedy = 'Correct what is named; /api/v1/docs shows what is possible.';
  return { ...problem(400, { type: 'usage', message: detail, remedy }), errors };
}

/** Of an error with which Fastify refuses a request, such as a body that is no JSON or too large. */
function clientErrorStatus(error: unknown): number | undefined {
  if (error instanceof VedetteError || !(error instanceof Error)) return undefined;
  const { statusCode } = error as FastifyError;
  return statusCode !== undefined && statusCode >= 400 && statusCode < 500 ? statusCode : undefined;
}

const REMEDIES: Readonly<Record<number, string>> = {
  413: 'Send at most 1 MiB.',
  415: 'Send application/json.',
};

function usage(status: number): Pick<FailureReport, 'type' | 'remedy'> {
  return { type: 'usage', remedy: REMEDIES[status] ?? failureKinds.usage.remedy };
}
