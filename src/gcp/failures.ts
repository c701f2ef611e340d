import type { AwsFailureKind } from '../aws/failures.ts';
import { VedetteError } from '../errors.ts';

/** What a failed call says about what was asked for; the same words as for calls to AWS. */
export type CloudFailureKind = AwsFailureKind;

/** A failed call as data. */
export interface GoogleFailure {
  kind: CloudFailureKind;
  /** Google's word for it (`PERMISSION_DENIED`), or the network's (`ECONNREFUSED`). */
  code: string;
}

/** An answer of Google that is none. */
export interface RefusedAnswer {
  status: number;
  /** The body, where it is JSON. */
  body: unknown;
}

interface ErrorBody {
  error?: {
    status?: unknown;
    details?: readonly { reason?: unknown }[];
    errors?: readonly { reason?: unknown }[];
  };
}

const QUOTA = /rateLimitExceeded|RATE_LIMIT_EXCEEDED|quotaExceeded/;

/** The one judge of what Google answers in place of an answer. */
export function refusedBy({ status, body }: RefusedAnswer): GoogleFailure {
  const { error } = (typeof body === 'object' && body !== null ? body : {}) as ErrorBody;
  const reasons = [...(error?.details ?? []), ...(error?.errors ?? [])].flatMap(({ reason }) =>
    typeof reason === 'string' ? [reason] : [],
  );
  const word = typeof error?.status === 'string' && /^[A-Z_]{3,40}$/.test(error.status) ? error.status : null;
  // An API that is not enabled in the project is not offered there, whoever asks.
  const disabled = reasons.find((reason) => reason === 'SERVICE_DISABLED');
  return { kind: kindOf(status, reasons), code: disabled ?? word ?? `HTTP ${status}` };
}

function kindOf(status: number, reasons: readonly string[]): CloudFailureKind {
  if (status === 429 || reasons.some((reason) => QUOTA.test(reason))) return 'throttled';
  if (reasons.includes('SERVICE_DISABLED')) return 'unsupported';
  if (status === 401) return 'credentials';
  if (status === 403) return 'denied';
  if (status === 404) return 'not-found';
  if (status === 501) return 'unsupported';
  return status >= 500 ? 'server' : 'other';
}

/** What a call threw for which no answer came at all. */
export function unanswered(thrown: unknown): GoogleFailure {
  if (thrown instanceof VedetteError) {
    return { kind: thrown.type === 'credentials' ? 'credentials' : 'other', code: thrown.type };
  }
  const { code, cause, name } = thrown as { code?: unknown; cause?: { code?: unknown }; name?: string };
  const word = [cause?.code, code, name].find((one) => typeof one === 'string');
  return { kind: 'network', code: typeof word === 'string' ? word : 'Error' };
}
