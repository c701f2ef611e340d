import { memoize } from '@smithy/core/config';
import type { AwsCredentialIdentity } from '@smithy/types';
import { isPassing } from '../aws/failures.ts';
import type { AwsError } from '../aws/failures.ts';
import { VedetteError } from '../errors.ts';

/** The SDK's clients ask for new ones as early. */
const BEFORE_THE_END_MS = 5 * 60_000;

/** Asks the provider once, and again when what it gave is about to run out; its errors become failures of ours. */
export function keptCredentials(
  provider: () => Promise<AwsCredentialIdentity>,
  explain: (cause: unknown) => VedetteError,
): () => Promise<AwsCredentialIdentity> {
  return memoize(
    () =>
      provider().catch((cause: unknown) => {
        throw explain(cause);
      }),
    ({ expiration }) => expiration !== undefined && expiration.getTime() - Date.now() < BEFORE_THE_END_MS,
    ({ expiration }) => expiration !== undefined,
  );
}

/**
 * Why somebody cannot sign in: `credentials`, or `aws-unreachable` for what may pass. A failure of ours stays as it is.
 *
 * @param remedyFor what to do about a reason, where it says enough
 */
export function signInFailure(
  what: string,
  cause: unknown,
  remedyFor: (reason: string) => string | undefined,
): VedetteError {
  if (cause instanceof VedetteError) return cause;
  const reason = reasonOf(cause);
  const remedy = remedyFor(reason);
  const type = isPassing(cause as AwsError) ? 'aws-unreachable' : 'credentials';
  return new VedetteError(type, `${what}: ${reason}`, {
    cause,
    ...(remedy === undefined ? {} : { remedy }),
  });
}

function reasonOf(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  if (cause.name === 'Error') return cause.message;
  return cause.message === '' ? cause.name : `${cause.name}: ${cause.message}`;
}
