import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { fromNodeProviderChain } from '@aws-sdk/credential-providers';
import type { Config } from '../config/settings.ts';
import { VedetteError } from '../errors.ts';
import { awsFiles } from './profiles.ts';

const FALLBACK_REGION = 'us-east-1';

/**
 * Asks AWS which account the credentials of a profile belong to.
 *
 * @returns twelve digits
 * @throws VedetteError `credentials`; the signal's reason when it is aborted.
 */
export async function accountIdOf(
  profile: string,
  config: Config,
  { signal, timeoutMs = 15_000 }: { signal: AbortSignal; timeoutMs?: number },
): Promise<string> {
  signal.throwIfAborted();
  const shared = { profile, ...awsFiles(config), ignoreCache: true };
  const credentials = fromNodeProviderChain(shared);
  const client = new STSClient({ ...shared, credentials, maxAttempts: 2 });
  const timeout = AbortSignal.timeout(timeoutMs);
  try {
    await useRegionOf(client);
    const { Account: accountId } = await client.send(new GetCallerIdentityCommand({}), {
      abortSignal: AbortSignal.any([signal, timeout]),
    });
    if (accountId !== undefined) return accountId;
  } catch (cause) {
    signal.throwIfAborted();
    const reason = timeout.aborted ? `no answer in ${timeoutMs / 1000} s` : reasonOf(cause);
    throw refused(profile, reason, cause);
  } finally {
    client.destroy();
  }
  throw refused(profile, 'AWS told no account', undefined);
}

/** A profile need not name a region; every one answers this call. */
async function useRegionOf(client: STSClient): Promise<void> {
  const region = await client.config.region().catch(() => FALLBACK_REGION);
  client.config.region = async () => region;
}

function refused(profile: string, reason: string, cause: unknown): VedetteError {
  return new VedetteError('credentials', `The profile ${JSON.stringify(profile)} cannot sign in: ${reason}`, { cause });
}

function reasonOf(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  return cause.message === '' ? cause.name : `${cause.name}: ${cause.message}`;
}
