import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { fromNodeProviderChain } from '@aws-sdk/credential-providers';
import type { Config } from '../config/settings.ts';
import { VedetteError } from '../errors.ts';
import { awsFiles, loadSections } from './profiles.ts';

/** A profile need not name a region; every one answers this call. */
const ANY_REGION = 'us-east-1';

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
  const { region = ANY_REGION, endpoint_url: endpoint } = (await loadSections(config))[profile] ?? {};
  const credentials = fromNodeProviderChain({ profile, ...awsFiles(config), ignoreCache: true });
  // The client itself would look into the default files only.
  const client = new STSClient({
    profile,
    region,
    credentials,
    maxAttempts: 2,
    ...(endpoint === undefined ? {} : { endpoint }),
  });
  const timeout = AbortSignal.timeout(timeoutMs);
  try {
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

function refused(profile: string, reason: string, cause: unknown): VedetteError {
  return new VedetteError('credentials', `The profile ${JSON.stringify(profile)} cannot sign in: ${reason}`, {
    cause,
  });
}

function reasonOf(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  return cause.message === '' ? cause.name : `${cause.name}: ${cause.message}`;
}
