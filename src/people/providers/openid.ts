import type * as OpenId from 'openid-client';
import { VedetteError } from '../../errors.ts';
import { failureOf, PROVIDER_TIMEOUT_S, unreachable } from './failures.ts';
import type { Answered, Asked, Proven, Provider, ProviderSettings } from './provider.ts';

const SCOPE = 'openid email profile';
/** What a provider says of itself seldom changes; its keys are looked up by themselves. */
const KNOWN_MS = 60 * 60_000;

/** Any provider that speaks OpenID Connect: Google, Cognito, Entra, Keycloak, … */
export function openIdProvider(settings: ProviderSettings): Provider {
  const { id, name } = settings;
  let known: { at: number; found: Promise<OpenId.Configuration> } | undefined;

  async function discovered(openid: typeof OpenId): Promise<OpenId.Configuration> {
    if (known === undefined || Date.now() - known.at > KNOWN_MS) {
      known = { at: Date.now(), found: discover(openid, settings) };
    }
    const { found } = known;
    return found.catch((error: unknown) => {
      known = undefined;
      throw error;
    });
  }

  return {
    id,
    name,
    async begin({ redirectUri, state, nonce, codeVerifier }) {
      const openid = await import('openid-client');
      return openid.buildAuthorizationUrl(await discovered(openid), {
        redirect_uri: redirectUri,
        scope: SCOPE,
        state,
        nonce,
        code_challenge: await openid.calculatePKCECodeChallenge(codeVerifier),
        code_challenge_method: 'S256',
      });
    },
    async complete(asked, answered) {
      const openid = await import('openid-client');
      const configuration = await discovered(openid);
      return judge(openid, configuration, asked, answered).catch((error: unknown) => {
        throw failureOf(openid, name, error);
      });
    },
  };
}

async function discover(
  openid: typeof OpenId,
  { name, issuer, client, clientSecret }: ProviderSettings,
): Promise<OpenId.Configuration> {
  const isPlain = new URL(issuer).protocol === 'http:';
  try {
    return await openid.discovery(new URL(issuer), client, undefined, authentication(openid, clientSecret), {
      timeout: PROVIDER_TIMEOUT_S,
      // The settings take plain HTTP on the loopback interface alone.
      execute: [openid.enableNonRepudiationChecks, ...(isPlain ? [openid.allowInsecureRequests] : [])],
    });
  } catch (cause) {
    if (cause instanceof openid.ClientError && cause.code?.includes('COMPARISON') === true) {
      throw new VedetteError('config-invalid', `${name} gives itself another issuer than ${issuer}.`, {
        remedy: 'Correct its issuer in VEDETTE_SIGN_IN_PROVIDERS.',
        cause,
      });
    }
    throw unreachable(name, cause);
  }
}

/** As the provider takes it: Basic where it says nothing, as the standard has it. */
function authentication(openid: typeof OpenId, clientSecret: string | undefined): OpenId.ClientAuth {
  if (clientSecret === undefined) return openid.None();
  const [post, basic] = [openid.ClientSecretPost(clientSecret), openid.ClientSecretBasic(clientSecret)];
  return (server, ...rest) => {
    const isPost = server.token_endpoint_auth_methods_supported?.includes('client_secret_post') === true;
    return (isPost ? post : basic)(server, ...rest);
  };
}

async function judge(
  openid: typeof OpenId,
  configuration: OpenId.Configuration,
  { redirectUri, state, nonce, codeVerifier }: Asked,
  answered: Answered,
): Promise<Proven> {
  const tokens = await openid.authorizationCodeGrant(
    configuration,
    answerAt(redirectUri, { ...answered, state }),
    { expectedState: state, expectedNonce: nonce, pkceCodeVerifier: codeVerifier },
  );
  const claims = tokens.claims();
  if (claims === undefined) throw new openid.ClientError('there is no ID token');
  const { iss, sub } = claims;
  const hasUserInfo = configuration.serverMetadata().userinfo_endpoint !== undefined;
  const about =
    claims['email'] === undefined && hasUserInfo
      ? await openid.fetchUserInfo(configuration, tokens.access_token, sub)
      : claims;
  const { email, email_verified: verified } = about;
  return {
    issuer: iss,
    subject: sub,
    email: typeof email === 'string' ? email : null,
    // Cognito writes it as text; "false" is no yes.
    emailVerified: verified === true || (verified as unknown) === 'true',
  };
}

/** The address that the provider led the browser to. */
export function answerAt(redirectUri: string, { code, iss, state }: Answered & Pick<Asked, 'state'>): URL {
  const url = new URL(redirectUri);
  for (const [parameter, value] of Object.entries({ code, iss, state })) {
    if (value !== undefined) url.searchParams.set(parameter, value);
  }
  return url;
}
