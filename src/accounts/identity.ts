import { once } from 'node:events';
import type { TargetAccess } from './access.ts';
import { ANY_REGION, SILENT } from './sdk.ts';

/** Who signs in. */
export interface Identity {
  /** Twelve digits. */
  accountId: string;
  arn: string;
}

/**
 * Asks AWS whose credentials they are.
 *
 * @throws VedetteError `credentials` or `aws-unreachable`; the signal's reason when it is aborted.
 */
export async function identityOf(
  {
    credentials,
    region,
    endpoint,
    explain,
  }: Pick<TargetAccess, 'credentials' | 'region' | 'endpoint' | 'explain'>,
  { signal, timeoutMs = 15_000 }: { signal: AbortSignal; timeoutMs?: number },
): Promise<Identity> {
  signal.throwIfAborted();
  const { GetCallerIdentityCommand, STSClient } = await import('@aws-sdk/client-sts');
  const client = new STSClient({
    region: region ?? ANY_REGION,
    // Failures of signing in are ours already, so they come before the call.
    credentials,
    ...(endpoint === null ? {} : { endpoint }),
    maxAttempts: 2,
    logger: SILENT,
  });
  const timeout = AbortSignal.timeout(timeoutMs);
  const ended = AbortSignal.any([signal, timeout]);
  try {
    const { Account: accountId, Arn: arn } = await Promise.race([
      client.send(new GetCallerIdentityCommand({}), { abortSignal: ended }),
      aborted(ended),
    ]);
    if (accountId !== undefined && arn !== undefined) return { accountId, arn };
  } catch (cause) {
    signal.throwIfAborted();
    throw explain(timeout.aborted ? noAnswer(timeoutMs) : cause);
  } finally {
    client.destroy();
  }
  throw explain(new Error('AWS told no account'));
}

/** Signing in takes no signal: a program for credentials may leave an agent that holds its output open. */
async function aborted(signal: AbortSignal): Promise<never> {
  if (!signal.aborted) await once(signal, 'abort');
  throw signal.reason;
}

function noAnswer(timeoutMs: number): Error {
  return Object.assign(new Error(`no answer in ${timeoutMs / 1000} s`), { name: 'TimeoutError' });
}
