import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Provider } from 'oidc-provider';

export const CLIENT = 'vedette of the tests';
export const CLIENT_SECRET = randomBytes(16).toString('hex');

type Claims = Record<string, unknown>;

/** A real OpenID provider, of which a test says who is there, and may falsify what it signs. */
export interface OpenIdServer {
  issuer: string;
  /** What it says of each account, by its name there, which is also its subject. */
  accounts: Map<string, Claims>;
  /** Makes other claims of those that it signs; undefined where it is honest. */
  falsify: ((claims: Claims) => Claims) | undefined;
  /** Whether it signs with a key that it does not show. */
  signsWithOtherKey: boolean;
  /** Serves a client whose page of return is known now. */
  serve(redirectUri: string): void;
  /** What a browser does at the address that it is led to: signs in there, and gives what it brings back. */
  signIn(url: string, account: string): Promise<{ state: string; code: string; iss: string }>;
  stop(): Promise<void>;
}

export async function startOpenIdServer(): Promise<OpenIdServer> {
  let listener: RequestListener = (_request, response) => void response.writeHead(503).end();
  const server = createServer((request, response) => listener(request, response)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const [key, otherKey] = [newKey(), newKey()];

  const self: OpenIdServer = {
    issuer: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    accounts: new Map(),
    falsify: undefined,
    signsWithOtherKey: false,
    serve(redirectUri) {
      const provider = new Provider(self.issuer, {
        clients: [{ client_id: CLIENT, client_secret: CLIENT_SECRET, redirect_uris: [redirectUri] }],
        claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
        cookies: { keys: [CLIENT_SECRET] },
        jwks: { keys: [{ ...key.export({ format: 'jwk' }), kid: 'of the tests', alg: 'RS256', use: 'sig' }] },
        findAccount: (_context: unknown, accountId: string) => ({
          accountId,
          claims: async () => ({ sub: accountId, ...self.accounts.get(accountId) }),
        }),
        features: { devInteractions: { enabled: true } },
        pkce: { required: () => true },
      });
      provider.use(async (context, next) => {
        await next();
        if (context.path !== '/token' || typeof context.body['id_token'] !== 'string') return;
        if (self.falsify === undefined && !self.signsWithOtherKey) return;
        const claims = claimsOf(context.body['id_token']);
        const signed = signedBy(self.signsWithOtherKey ? otherKey : key, self.falsify?.(claims) ?? claims);
        context.body['id_token'] = signed;
      });
      listener = provider.callback();
    },
    async signIn(url, account) {
      const cookies = new Map<string, string>();
      let [at, form] = [url, undefined as URLSearchParams | undefined];
      for (let steps = 0; steps < 10; steps += 1) {
        const answer = await fetch(at, {
          redirect: 'manual',
          headers: { cookie: [...cookies].map((pair) => pair.join('=')).join('; ') },
          ...(form === undefined ? {} : { method: 'POST', body: form }),
        });
        for (const cookie of answer.headers.getSetCookie()) {
          const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
          cookies.set(name, value);
        }
        const location = answer.headers.get('location');
        if (location !== null) {
          at = new URL(location, at).href;
          form = undefined;
          if (at.startsWith(self.issuer)) continue;
          const { state, code, iss } = Object.fromEntries(new URL(at).searchParams);
          if (state === undefined || code === undefined || iss === undefined) throw new Error(at);
          return { state, code, iss };
        }
        const page = await answer.text();
        const [, action] = /action="([^"]+)"/.exec(page) ?? [];
        const [, prompt] = /name="prompt" value="(\w+)"/.exec(page) ?? [];
        if (action === undefined || prompt === undefined) throw new Error(`${at}: ${answer.status}`);
        at = new URL(action, at).href;
        form = new URLSearchParams({ prompt, login: account, password: 'any' });
      }
      throw new Error(`The provider leads nowhere: ${at}`);
    },
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return self;
}

function newKey(): KeyObject {
  return generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
}

function claimsOf(token: string): Claims {
  return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as Claims;
}

function signedBy(key: KeyObject, claims: Claims): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const content = `${part({ alg: 'RS256', kid: 'of the tests' })}.${part(claims)}`;
  return `${content}.${sign('RSA-SHA256', Buffer.from(content), key).toString('base64url')}`;
}
