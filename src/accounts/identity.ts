import {
  getDefaultRoleAssumerWithWebIdentity,
  GetCallerIdentityCommand,
  STSClient,
} from '@aws-sdk/client-sts';
import { fromNodeProviderChain, fromSSO } from '@aws-sdk/credential-providers';
import { VedetteError } from '../errors.ts';
import type { Config } from '../settings.ts';
import { awsFiles, loadSections } from './profiles.ts';
import { signInRemedy } from './sign-in-remedy.ts';

/** A profile need not name a region; every one answers this call. */
const ANY_REGION = 'us-east-1';
const nothing = (): void => undefined;
/** The library warns of keys in the environment, which here belong to SES. */
const SILENT = { trace: nothing, debug: nothing, info: nothing, warn: nothing, error: nothing };

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
  const section = (await loadSections(config))[profile] ?? {};
  const { region = ANY_REGION, endpoint_url: endpoint } = section;
  // The clients themselves would look into the default files only.
  const where = endpoint === undefined ? {} : { endpoint };
  // So would the chain for IAM Identity Center.
  const signIn = section['sso_account_id'] === undefined ? fromNodeProviderChain : fromSSO;
  const credentials = signIn({
    profile,
    ...awsFiles(config),
    ignoreCache: true,
    clientConfig: where,
    roleAssumerWithWebIdentity: getDefaultRoleAssumerWithWebIdentity({ region, ...where }),
    logger: SILENT,
  });
  const client = new STSClient({ profile, region, credentials, maxAttempts: 2, ...where });
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
  const remedy = signInRemedy(profile, reason);
  return new VedetteError('credentials', `The profile ${JSON.stringify(profile)} cannot sign in: ${reason}`, {
    cause,
    ...(remedy === undefined ? {} : { remedy }),
  });
}

function reasonOf(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  return cause.message === '' ? cause.name : `${cause.name}: ${cause.message}`;
}
