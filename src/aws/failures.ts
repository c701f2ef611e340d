import { isThrottlingError } from '@smithy/core/retry';
import { VedetteError } from '../errors.ts';
import type { FailureType } from '../model/failure.ts';
import type { AwsCall } from './call.ts';
import { needsOptIn } from './regions.ts';

/** Whatever part of an error of the AWS SDK there is; network errors have a code only. */
export type AwsError = Error & {
  code?: string;
  hostname?: string;
  $fault?: 'client' | 'server';
  $retryable?: { throttling?: boolean };
  $metadata?: { httpStatusCode?: number };
};

/** What a failed call says about what was asked for; nothing of it says that a resource is fine, or is not there. */
export type AwsFailureKind =
  /** The identity may not make the call. */
  | 'denied'
  /** Too many calls, also after the attempts that were made. */
  | 'throttled'
  /** The service, or this operation, is not offered in the region or to the account. */
  | 'unsupported'
  /** The account has not switched the region on. */
  | 'region-disabled'
  /** AWS says that there is no such thing: the one kind that answers the question. */
  | 'not-found'
  /** The credentials have run out, are not valid, or could not be had. */
  | 'credentials'
  /** No answer came. */
  | 'network'
  /** AWS failed by itself. */
  | 'server'
  | 'other';

/** A failed call as data. */
export interface AwsFailure extends AwsCall {
  kind: AwsFailureKind;
  /** AWS's word for it (`AccessDenied`), or the network's (`ECONNREFUSED`). */
  code: string;
  message: string;
  /** Whether the same call can succeed later without anybody changing anything. */
  retryable: boolean;
}

/** Failures of ours that a client passes on: of its circuit breaker, and of who gives it credentials. */
const OURS: Partial<Record<FailureType, AwsFailureKind>> = {
  'aws-unreachable': 'network',
  credentials: 'credentials',
};

const RETRYABLE: readonly AwsFailureKind[] = ['throttled', 'network', 'server'];

/** By AWS's code of an error; the first match counts. */
const KINDS: readonly (readonly [AwsFailureKind, RegExp])[] = [
  ['region-disabled', /^(?:OptInRequired|RegionDisabledException)$/],
  [
    'credentials',
    /^(?:Expired|InvalidClientTokenId|UnrecognizedClient|InvalidAccessKeyId|SignatureDoesNotMatch|InvalidSignature|IncompleteSignature|MissingAuthenticationToken|RequestExpired|RequestTimeTooSkewed|RequestInTheFuture|AuthFailure|TokenRefreshRequired|CredentialsProviderError|TokenProviderError)/,
  ],
  ['denied', /^(?:AccessDenied|Unauthorized|NotAuthorized|AuthorizationError|AllAccessDisabled|Forbidden)/],
  ['unsupported', /^(?:UnknownOperation|InvalidAction|Unsupported|NotImplemented|SubscriptionRequired)/],
  ['not-found', /NotFound|NoSuch|NonExistent|DoesNotExist/],
  [
    'network',
    /^(?:ECONN|ENOTFOUND|EAI_|ETIMEDOUT|EPIPE|EHOST|ENET|ERR_TLS|CERT_|UNABLE_TO_|TimeoutError|NetworkingError|RequestTimeout)/,
  ],
  ['throttled', /^(?:Throttl|TooManyRequests|SlowDown)/],
];

/** What a region that is not switched on says as well, of credentials that are fine elsewhere. */
const STRANGER = /^(?:InvalidClientTokenId|UnrecognizedClient|AuthFailure)/;
/** AWS has no server of that name: the service is not in the region. */
const ENDPOINT = /\.(?:amazonaws\.(?:com|com\.cn|eu)|api\.aws)$/;

/** The one judge of what AWS and the network answer. @param thrown what a client of the SDK has thrown for the call */
export function awsFailure(thrown: unknown, call: AwsCall): AwsFailure {
  const error = thrown as AwsError;
  const kind = kindOf(error, call);
  const message = thrown instanceof Error ? error.message || codeOf(error) : String(thrown);
  return {
    ...call,
    kind,
    code: thrown instanceof VedetteError ? thrown.type : codeOf(error),
    message,
    retryable: RETRYABLE.includes(kind),
  };
}

/** Whether a call of our own services can succeed later without anybody changing anything. */
export function isPassing(error: AwsError): boolean {
  const kind = kindOf(error);
  return RETRYABLE.includes(kind) || error.$retryable !== undefined;
}

function kindOf(thrown: AwsError, call?: AwsCall): AwsFailureKind {
  if (thrown instanceof VedetteError) return OURS[thrown.type] ?? 'other';
  if (isThrottlingError(thrown as Parameters<typeof isThrottlingError>[0])) return 'throttled';
  const code = codeOf(thrown);
  if (call !== undefined && STRANGER.test(code) && needsOptIn(call.region)) return 'region-disabled';
  if (call !== undefined && code === 'ENOTFOUND' && ENDPOINT.test(thrown.hostname ?? ''))
    return 'unsupported';
  const known = KINDS.find(([, codes]) => codes.test(code));
  if (known !== undefined) return known[0];
  const status = thrown.$metadata?.httpStatusCode ?? 0;
  if (thrown.$fault === 'server' || status >= 500) return 'server';
  return status === 403 ? 'denied' : 'other';
}

/** What a parser throws at an answer that is none, such as a page of HTML. */
const UNREAD = /^(?:Syntax|Type|Range)?Error$/;

/** Errors of Node's sockets are all named `Error`. */
function codeOf(error: AwsError): string {
  if (error instanceof VedetteError) return error.type;
  const { name, code, $metadata } = error;
  const told = name === 'Error' || name === 'AggregateError' ? (code ?? name) : name;
  const status = $metadata?.httpStatusCode;
  if (status === undefined || !UNREAD.test(told)) return told;
  return status < 400 ? 'UnreadableAnswer' : `HTTP ${status}`;
}
