import type * as OpenId from 'openid-client';
import { VedetteError } from '../../errors.ts';

/** Beyond that the browser would have given up as well. */
export const PROVIDER_TIMEOUT_S = 10;
const OF_OUR_SETTINGS = ['invalid_client', 'unauthorized_client'];
const TIMED_OUT = ['OAUTH_TIMEOUT', 'OAUTH_ABORT'];

/** What went wrong between a provider and us. What the provider wrote itself stays in the log. */
export function failureOf(openid: typeof OpenId, name: string, cause: unknown): VedetteError {
  if (cause instanceof openid.ResponseBodyError && OF_OUR_SETTINGS.includes(cause.error)) {
    return new VedetteError('config-invalid', `${name} does not know us, or our secret is wrong.`, {
      remedy: 'Correct VEDETTE_SIGN_IN_PROVIDERS and VEDETTE_SIGN_IN_SECRETS.',
      cause,
    });
  }
  const { code = '', status = 0 } = cause as { code?: string; status?: number };
  if (cause instanceof TypeError || TIMED_OUT.includes(code) || status >= 500)
    return unreachable(name, cause);
  return new VedetteError('unauthenticated', `The answer of ${name} is not valid, or was used before.`, {
    remedy: 'Begin again on the page to sign in.',
    cause,
  });
}

export function unreachable(name: string, cause: unknown): VedetteError {
  return new VedetteError('provider-unreachable', `${name} cannot be asked who you are.`, { cause });
}
