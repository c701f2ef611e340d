import type * as OpenId from 'openid-client';
import { z } from 'zod';
import { failureOf, PROVIDER_TIMEOUT_S } from './failures.ts';
import { answerAt } from './openid.ts';
import type { Proven, Provider, ProviderSettings } from './provider.ts';

export const GITHUB = 'https://github.com';
const API_OF_GITHUB = 'https://api.github.com';
/** For the addresses, of which only the first and verified one counts. */
const SCOPE = 'read:user user:email';

const account = z.object({ id: z.int().positive() });
const addresses = z.array(z.object({ email: z.string(), primary: z.boolean(), verified: z.boolean() }));

/** GitHub, which speaks OAuth 2 alone: who somebody is tells its API. Its issuer may be a GitHub Enterprise Server. */
export function gitHubProvider({ id, name, issuer, client, clientSecret }: ProviderSettings): Provider {
  const base = issuer.replace(/\/$/, '');
  const api = base === GITHUB ? API_OF_GITHUB : `${base}/api/v3`;

  function configured(openid: typeof OpenId): OpenId.Configuration {
    const configuration = new openid.Configuration(
      {
        issuer: base,
        authorization_endpoint: `${base}/login/oauth/authorize`,
        token_endpoint: `${base}/login/oauth/access_token`,
      },
      client,
      undefined,
      openid.ClientSecretPost(clientSecret),
    );
    configuration.timeout = PROVIDER_TIMEOUT_S;
    if (base.startsWith('http:')) openid.allowInsecureRequests(configuration);
    return configuration;
  }

  return {
    id,
    name,
    async begin({ redirectUri, state, codeVerifier }) {
      const openid = await import('openid-client');
      return openid.buildAuthorizationUrl(configured(openid), {
        redirect_uri: redirectUri,
        scope: SCOPE,
        state,
        code_challenge: await openid.calculatePKCECodeChallenge(codeVerifier),
        code_challenge_method: 'S256',
      });
    },
    async complete({ redirectUri, state, codeVerifier }, answered) {
      const openid = await import('openid-client');
      const configuration = configured(openid);
      try {
        const { access_token: token } = await openid.authorizationCodeGrant(
          configuration,
          answerAt(redirectUri, { ...answered, state }),
          { expectedState: state, pkceCodeVerifier: codeVerifier },
        );
        const ask = (path: string) => read(openid, configuration, token, new URL(`${api}${path}`));
        const { id: subject } = account.parse(await ask('/user'));
        return {
          issuer: base,
          subject: String(subject),
          ...firstOf(addresses.parse(await ask('/user/emails'))),
        };
      } catch (error) {
        throw failureOf(openid, name, error);
      }
    },
  };
}

async function read(
  openid: typeof OpenId,
  configuration: OpenId.Configuration,
  token: string,
  url: URL,
): Promise<unknown> {
  const headers = new Headers({ accept: 'application/vnd.github+json', 'user-agent': 'vedette' });
  const answer = await openid.fetchProtectedResource(configuration, token, url, 'GET', null, headers);
  if (!answer.ok) throw Object.assign(new openid.ClientError('the API refuses'), { status: answer.status });
  return answer.json();
}

function firstOf(all: z.output<typeof addresses>): Pick<Proven, 'email' | 'emailVerified'> {
  const first = all.find(({ primary }) => primary);
  return { email: first?.email ?? null, emailVerified: first?.verified === true };
}
