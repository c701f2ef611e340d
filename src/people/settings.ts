import { z } from 'zod';
import { isLoopback, withoutBrackets } from '../config/listen-address.ts';
import { secret, setting } from '../config/setting.ts';
import { flag, headers, text, textsByName } from '../config/types.ts';

/** Elsewhere than on this machine, whoever is in between could answer in the provider's name. */
const issuer = z
  .url({ protocol: /^https?$/, error: 'expected https://…' })
  .refine(isProtected, { error: 'expected https://…; http:// only on the loopback interface' });

const provider = z
  .strictObject({
    kind: z.enum(['openid', 'github']).default('openid'),
    issuer: issuer.optional(),
    client: z.string().min(1),
    name: z.string().min(1).max(64).optional(),
  })
  .refine(({ kind, issuer: given }) => kind !== 'openid' || given !== undefined, {
    error: 'a provider needs its issuer',
  });

/** Ways to sign in that somebody else vouches for. */
export const signInSettings = {
  providers: setting(
    'VEDETTE_SIGN_IN_PROVIDERS',
    textsByName(provider),
    'Providers that people may sign in with, as `id.name=value` pairs, comma-separated: `issuer`, `client` (its id there), ' +
      '`name` on the button, `kind` (`openid`, the default, or `github`), e.g. ' +
      '`google.issuer=https://accounts.google.com,google.client=1234.apps.googleusercontent.com,google.name=Google`.',
  ),
  clientSecrets: secret(
    'VEDETTE_SIGN_IN_SECRETS',
    headers,
    'Their client secrets, as `id=secret` pairs, comma-separated and percent-encoded.',
  ),
};

function isProtected(address: string): boolean {
  const { protocol, hostname } = new URL(address);
  return protocol === 'https:' || isLoopback(withoutBrackets(hostname));
}

export const peopleSettings = {
  breachCheck: setting(
    'VEDETTE_BREACH_CHECK',
    flag(false),
    'Refuse new passwords that are known from breaches. Five characters of a hash are sent to VEDETTE_BREACH_URL, never the password; where that does not answer, nothing is refused.',
  ),
  breachUrl: setting(
    'VEDETTE_BREACH_URL',
    text.pipe(
      z
        .url({ protocol: /^https?$/, error: 'expected http://… or https://…' })
        .default('https://api.pwnedpasswords.com'),
    ),
    'Where breaches are asked for, by the range API of Have I Been Pwned.',
  ),
};
