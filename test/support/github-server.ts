import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export interface GitHubAccount {
  id: number;
  emails: readonly { email: string; primary: boolean; verified: boolean }[];
}

/** What of GitHub signing in needs, as its documentation has it: a refusal is a 200 with an error. */
export interface GitHubServer {
  url: string;
  /** What a browser does at the address that it is led to: gives what it brings back. */
  signIn(url: string, account: GitHubAccount): { state: string; code: string };
  stop(): Promise<void>;
}

export async function startGitHubServer(client: string, clientSecret: string): Promise<GitHubServer> {
  const codes = new Map<string, { account: GitHubAccount; challenge: string; redirectUri: string }>();
  const tokens = new Map<string, GitHubAccount>();
  const random = () => randomBytes(16).toString('hex');

  function exchange(form: URLSearchParams): object {
    const code = form.get('code') ?? '';
    const given = codes.get(code);
    codes.delete(code);
    const challenge = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url');
    if (form.get('client_id') !== client || form.get('client_secret') !== clientSecret) {
      return { error: 'incorrect_client_credentials' };
    }
    if (given?.challenge !== challenge || given.redirectUri !== form.get('redirect_uri')) {
      return { error: 'bad_verification_code' };
    }
    const token = random();
    tokens.set(token, given.account);
    return { access_token: token, token_type: 'bearer', scope: 'read:user,user:email' };
  }

  const server = createServer(async (request, response) => {
    const send = (status: number, body: unknown) =>
      response
        .writeHead(status, { 'content-type': 'application/json; charset=utf-8' })
        .end(JSON.stringify(body));
    if (request.url === '/login/oauth/access_token') {
      return send(200, exchange(new URLSearchParams(await text(request))));
    }
    const account = tokens.get(/^Bearer (\w+)$/i.exec(request.headers.authorization ?? '')?.[1] ?? '');
    if (account === undefined) return send(401, { message: 'Bad credentials' });
    if (request.url === '/api/v3/user') return send(200, { id: account.id, login: 'of a test' });
    if (request.url === '/api/v3/user/emails') return send(200, account.emails);
    return send(404, { message: 'Not Found' });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    signIn(url, account) {
      const given = (name: string) => new URL(url).searchParams.get(name) ?? '';
      const code = random();
      codes.set(code, { account, challenge: given('code_challenge'), redirectUri: given('redirect_uri') });
      return { state: given('state'), code };
    },
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
