import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { generate } from 'otplib';
import type { Store } from '../../src/store/database/store.ts';
import { sqlTime } from '../../src/store/database/values.ts';
import { setDisabled } from '../../src/store/people/members.ts';
import { createApi } from '../support/api.ts';
import type { Answer, TestApi } from '../support/api.ts';
import { startGitHubServer } from '../support/github-server.ts';
import type { GitHubAccount, GitHubServer } from '../support/github-server.ts';
import { CLIENT, CLIENT_SECRET, startOpenIdServer } from '../support/openid-server.ts';
import type { OpenIdServer } from '../support/openid-server.ts';
import { browserOf, makeMember, PASSWORD, signIn } from '../support/people.ts';
import type { TestBrowser } from '../support/people.ts';
import { createDatabase, testConfig } from '../support/stores.ts';
import type { TestDatabase } from '../support/stores.ts';

// Passwords take long to try, on purpose.
jest.setTimeout(60_000);

let database: TestDatabase;
let store: Store;
let api: TestApi;
let openid: OpenIdServer;
let other: OpenIdServer;
let github: GitHubServer;

beforeAll(async () => {
  database = createDatabase('sqlite');
  [store, openid, other, github] = await Promise.all([
    database.open(),
    startOpenIdServer(),
    startOpenIdServer(),
    startGitHubServer(CLIENT, CLIENT_SECRET),
  ]);
  const { config } = database;
  const { signIn: providers } = testConfig({
    signIn: {
      providers: {
        one: { issuer: openid.issuer, client: CLIENT, name: 'One' },
        other: { issuer: other.issuer, client: CLIENT, name: 'The Other' },
        github: { kind: 'github', issuer: github.url, client: CLIENT, name: 'GitHub' },
        away: { issuer: 'http://127.0.0.1:1', client: CLIENT },
      },
      clientSecrets: ['one', 'other', 'github'].map((id) => `${id}=${CLIENT_SECRET}`),
    },
  });
  const trusting = { ...config.api, trustedProxies: ['127.0.0.1'] };
  api = await createApi({ config: { ...config, api: trusting, signIn: providers }, store });
  for (const server of [openid, other])
    server.serve(`http://localhost:${new URL(api.url).port}/sign-in/return`);
});
afterAll(async () => {
  await api?.close();
  await Promise.all([openid?.stop(), other?.stop(), github?.stop()]);
  await database?.remove();
});

let clients = 0;
/** Each from another address, so that not the limit of one address answers. */
function ask(
  method: string,
  path: string,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<Answer> {
  clients += 1;
  return api.ask(null, method, path, body, { 'x-forwarded-for': `203.0.113.${clients % 250}`, ...headers });
}

const cookieOf = (answer: Answer): string => String(answer.headers['set-cookie']).split(';')[0] ?? '';

interface Begun {
  url: string;
  cookie: string;
}

async function begin(body: object = {}, provider = 'one'): Promise<Begun> {
  const begun = await ask('POST', `/sign-in/providers/${provider}`, body);
  expect(begun.status).toBe(200);
  return { url: begun.json.url, cookie: cookieOf(begun) };
}

const finish = ({ cookie }: Begun, body: object): Promise<Answer> =>
  ask('POST', '/sign-in/return', body, { cookie });

/** The whole way of an account that the provider knows. */
async function come(account: string, { server = openid, provider = 'one', ...more }: ComeOptions = {}) {
  const begun = await begin({}, provider);
  return finish(begun, { ...(await server.signIn(begun.url, account)), ...more });
}
interface ComeOptions {
  server?: OpenIdServer;
  provider?: string;
  invitation?: string;
}

async function link(browser: TestBrowser, account: string, { server = openid, provider = 'one' } = {}) {
  const begun = await browser.ask('POST', `/me/identities/${provider}/begin`);
  expect(begun.status).toBe(200);
  const answer = await server.signIn(begun.json.url, account);
  const { json } = await api.ask(null, 'GET', '/session', undefined, { cookie: browser.cookie });
  const cookie = `${browser.cookie}; ${cookieOf(begun)}`;
  return ask('POST', '/me/identities', answer, { cookie, 'x-csrf-token': String(json.csrfToken) });
}

/** A person who has linked the account of the same name. */
async function linked(account: string): Promise<{ userId: number; browser: TestBrowser }> {
  const email = `${account}@example.com`;
  openid.accounts.set(account, { email, email_verified: true });
  const userId = await makeMember(store, email, 'MEMBER', { password: PASSWORD });
  const browser = browserOf(api, await signIn(api, email));
  expect((await link(browser, account)).status).toBe(204);
  return { userId, browser };
}

async function invite(email: string): Promise<string> {
  const { json } = await api.ask('admin', 'POST', '/teams/invites', { email });
  return /#code=(.+)$/.exec(json.link)?.[1] ?? '';
}

describe('signing in at a provider', () => {
  test('is offered to everybody, and leads there with PKCE, a state and a nonce', async () => {
    const offered = await ask('GET', '/sign-in/providers', undefined);
    expect(offered.json.providers).toEqual([
      { id: 'one', name: 'One' },
      { id: 'other', name: 'The Other' },
      { id: 'github', name: 'GitHub' },
      { id: 'away', name: 'away' },
    ]);
    const parameters = new URL((await begin()).url).searchParams;
    expect(Object.fromEntries(parameters)).toMatchObject({
      response_type: 'code',
      code_challenge_method: 'S256',
      redirect_uri: `http://localhost:${new URL(api.url).port}/sign-in/return`,
      state: expect.stringMatching(/^sign-in\.vdo_/),
      nonce: expect.stringMatching(/^[\w-]{43}$/),
    });
    expect([...parameters.values()].join()).not.toContain(CLIENT_SECRET);
  });

  test('signs in whoever has linked the account, and nobody else, whatever address it has', async () => {
    const { userId } = await linked('anna');
    const answer = await come('anna');
    expect(answer.status).toBe(200);
    const { json } = await browserOf(api, answer).ask('GET', '/session');
    expect(json).toMatchObject({ method: 'provider', role: 'MEMBER', person: { userId } });

    openid.accounts.set('mallory', { email: 'anna@example.com', email_verified: true });
    const mallory = await come('mallory');
    expect([mallory.status, mallory.json.detail]).toEqual([403, expect.stringContaining('nobody here')]);
    expect(mallory.headers['set-cookie']).toBeUndefined();
  });

  test('goes by the subject when the address changes, and keeps the address here', async () => {
    const { userId, browser } = await linked('bea');
    openid.accounts.set('bea', { email: 'owner@elsewhere.example', email_verified: true });
    const { json } = await browserOf(api, await come('bea')).ask('GET', '/session');
    expect(json.person).toMatchObject({ userId, email: 'bea@example.com' });
    const { identities } = (await browser.ask('GET', '/me/identities')).json;
    expect(identities).toMatchObject([{ provider: 'one', email: 'owner@elsewhere.example' }]);
  });

  test('is not moved by the same subject of another provider', async () => {
    await linked('carl');
    other.accounts.set('carl', { email: 'carl@example.com', email_verified: true });
    expect((await come('carl', { server: other, provider: 'other' })).status).toBe(403);
  });

  test('asks for the second factor of who has one, whose wrong codes count', async () => {
    const { browser } = await linked('dora');
    const { secret } = (await browser.ask('POST', '/me/second-factor', { currentPassword: PASSWORD })).json;
    const codeAt = (steps: number) => generate({ secret, epoch: Math.floor(Date.now() / 1000) + steps * 30 });
    await browser.ask('POST', '/me/second-factor/confirm', { otp: await codeAt(0) });
    const begun = await begin({ returnTo: '/events' });
    const asked = await finish(begun, await openid.signIn(begun.url, 'dora'));
    expect([asked.status, asked.json.failure]).toEqual([401, 'second-factor-required']);
    const factor = (otp: string, { cookie } = begun) => ask('POST', '/sign-in/factor', { otp }, { cookie });
    expect((await factor('000000')).status).toBe(401);
    const elsewhere = await begin();
    expect((await factor(await codeAt(1), elsewhere)).status).toBe(401);
    const done = await factor(await codeAt(1));
    expect([done.status, done.json]).toEqual([200, { returnTo: '/events' }]);
    expect((await browserOf(api, done).ask('GET', '/session')).json.method).toBe('provider');
    expect((await factor(await codeAt(1))).status).toBe(401);
  });

  test('keeps who is disabled out, and whoever belongs to nothing any more', async () => {
    const { userId } = await linked('emil');
    await setDisabled(store, userId, true);
    expect((await come('emil')).status).toBe(403);
  });

  test('tells of a provider that is away or unknown', async () => {
    const away = await ask('POST', '/sign-in/providers/away', {});
    expect([away.status, away.json.failure]).toEqual([503, 'provider-unreachable']);
    expect((await ask('POST', '/sign-in/providers/nobody', {})).status).toBe(404);
  });
});

describe('an answer is refused', () => {
  beforeAll(async () => {
    await linked('victor');
  });
  type Return = { state: string; code: string; iss: string };
  const HOSTILE: [
    what: string,
    change: (answer: Return, again: () => Promise<Return>) => object | Promise<object>,
  ][] = [
    ['with a state of nobody', (answer) => ({ ...answer, state: 'sign-in.vdo_guessed' })],
    [
      'with the state of another purpose',
      ({ state, ...answer }) => ({ ...answer, state: state.replace('sign-in', 'link') }),
    ],
    [
      'with the code of another sign-in',
      async (answer, again) => ({ ...answer, code: (await again()).code }),
    ],
    ['with the state of another browser', async (_answer, again) => again()],
    ['with a code of nobody', (answer) => ({ ...answer, code: 'guessed' })],
    ['of another issuer', (answer) => ({ ...answer, iss: other.issuer })],
    ['that hides its issuer', ({ state, code }) => ({ state, code })],
    ['without a code', ({ state }) => ({ state, error: 'access_denied' })],
  ];
  test.each(HOSTILE)('%s', async (_what, change) => {
    const [begun, another] = [await begin(), await begin()];
    const answer = await openid.signIn(begun.url, 'victor');
    const hostile = await change(answer, () => openid.signIn(another.url, 'victor'));
    const refused = await finish(begun, hostile);
    expect([refused.status, refused.headers['set-cookie']]).toEqual([401, undefined]);
  });

  const FALSE_CLAIMS: [what: string, claims: Record<string, unknown>][] = [
    ['nonce', { nonce: 'of another sign-in' }],
    ['issuer', { iss: 'https://elsewhere.example' }],
    ['audience', { aud: 'another client' }],
    ['end', { exp: 1_000_000_000 }],
    ['subject', { sub: 'x'.repeat(256) }],
  ];
  test.each(FALSE_CLAIMS)('whose token has a wrong %s', async (_what, claims) => {
    openid.falsify = (before) => ({ ...before, ...claims });
    const refused = await come('victor').finally(() => (openid.falsify = undefined));
    expect([refused.status, refused.headers['set-cookie']]).toEqual([401, undefined]);
  });

  test('whose token is signed by somebody else', async () => {
    openid.signsWithOtherKey = true;
    const refused = await come('victor').finally(() => (openid.signsWithOtherKey = false));
    expect(refused.status).toBe(401);
  });

  test('that comes again, too late, or from another site', async () => {
    const begun = await begin();
    const answer = await openid.signIn(begun.url, 'victor');
    expect(
      (
        await ask('POST', '/sign-in/return', answer, {
          cookie: begun.cookie,
          origin: 'https://elsewhere.example',
        })
      ).status,
    ).toBe(403);
    expect((await finish(begun, answer)).status).toBe(200);
    expect((await finish(begun, answer)).status).toBe(401);
    const late = await begin();
    await store.session((session) =>
      session.execute('UPDATE vedette_sign_ins SET expires_at = ?', [sqlTime(new Date(Date.now() - 1))]),
    );
    expect((await finish(late, await openid.signIn(late.url, 'victor'))).status).toBe(401);
  });

  test.each([
    '//elsewhere.example',
    'https://elsewhere.example',
    '/\\elsewhere.example',
    '/\t/elsewhere.example',
    'javascript:alert(1)',
  ])('to go on to %j', async (returnTo) => {
    expect((await ask('POST', '/sign-in/providers/one', { returnTo })).status).toBe(400);
  });
});

describe('linking', () => {
  test('needs the person who began it, just signed in, and an account that is nobody else’s', async () => {
    await linked('finn');
    await makeMember(store, 'gina@example.com', 'VIEWER', { password: PASSWORD });
    const gina = browserOf(api, await signIn(api, 'gina@example.com'));
    const taken = await link(gina, 'finn');
    expect([taken.status, taken.json.failure]).toEqual([400, 'usage']);

    // What somebody else began, links nothing of theirs with the one who is led to finish it.
    const begun = await begin();
    const answer = await openid.signIn(begun.url, 'nobody yet');
    const { json } = await api.ask(null, 'GET', '/session', undefined, { cookie: gina.cookie });
    const headers = { cookie: `${gina.cookie}; ${begun.cookie}`, 'x-csrf-token': String(json.csrfToken) };
    expect((await ask('POST', '/me/identities', answer, headers)).status).toBe(401);

    await store.session((session) =>
      session.execute("UPDATE vedette_credentials SET authenticated_at = ? WHERE name = 'gina@example.com'", [
        sqlTime(new Date(Date.now() - 16 * 60_000)),
      ]),
    );
    expect((await gina.ask('POST', '/me/identities/one/begin')).status).toBe(403);
  });

  test('is taken back, which signs other browsers out, but never the last way in', async () => {
    const { userId, browser } = await linked('hana');
    const elsewhere = browserOf(api, await come('hana'));
    const [identity] = (await browser.ask('GET', '/me/identities')).json.identities;
    const stranger = browserOf(api, await signIn(api, 'gina@example.com'));
    expect((await stranger.ask('DELETE', `/me/identities/${identity.id}`)).status).toBe(404);
    const forget = (hash: string | null) =>
      store.session((session) =>
        session.execute('UPDATE vedette_users SET password_hash = ? WHERE id = ?', [hash, userId]),
      );
    await forget(null);
    expect((await browser.ask('DELETE', `/me/identities/${identity.id}`)).status).toBe(400);
    await forget('a hash');
    const done = await browser.ask('DELETE', `/me/identities/${identity.id}`);
    expect(done.status).toBe(204);
    expect((await browserOf(api, done).ask('GET', '/session')).status).toBe(200);
    expect((await elsewhere.ask('GET', '/session')).status).toBe(401);
    expect((await come('hana')).status).toBe(403);
    const { text } = await api.get('/audit?action=identities&limit=100', 'admin');
    expect(text).toContain('"action":"identities.unlink"');
    expect(text).not.toMatch(/vdo_|vdb_/);
  });
});

describe('an invitation', () => {
  test('is accepted by somebody new whose address the provider has verified', async () => {
    openid.accounts.set('ivy', { email: 'Ivy@example.com', email_verified: 'true' });
    const invitation = await invite('ivy@example.com');
    const answer = await come('ivy', { invitation });
    expect(answer.status).toBe(200);
    const { json } = await browserOf(api, answer).ask('GET', '/session');
    expect(json).toMatchObject({ role: 'MEMBER', method: 'provider', person: { email: 'ivy@example.com' } });
    expect((await come('ivy')).status).toBe(200);
    expect((await come('ivy', { invitation })).status).toBe(404);
  });

  test.each([
    ['has not verified', { email: 'jon@example.com', email_verified: false }],
    ['says "false" of', { email: 'jon@example.com', email_verified: 'false' }],
    ['says nothing of', { email: 'jon@example.com' }],
    ['does not name', {}],
    ['has verified another than', { email: 'mallory@example.com', email_verified: true }],
  ])('is not accepted by whose address the provider %s', async (_what, claims) => {
    openid.accounts.set('jon', claims);
    const refused = await come('jon', { invitation: await invite('jon@example.com') });
    expect([refused.status, refused.headers['set-cookie']]).toEqual([403, undefined]);
  });

  test('opens no account that is there to another of the same verified address', async () => {
    await makeMember(store, 'kim@example.com', 'OWNER', { organizationId: 'theirs', password: PASSWORD });
    openid.accounts.set('kim', { email: 'kim@example.com', email_verified: true });
    const refused = await come('kim', { invitation: await invite('kim@example.com') });
    expect([refused.status, refused.json.detail]).toEqual([403, expect.stringContaining('has an account')]);

    // Also where nothing but another account at a provider opens it.
    openid.accounts.set('lea', { email: 'lea@example.com', email_verified: true });
    expect((await come('lea', { invitation: await invite('lea@example.com') })).status).toBe(200);
    await store.session((session) =>
      session.execute(
        'DELETE FROM vedette_memberships WHERE user_id = (SELECT id FROM vedette_users WHERE email = ?)',
        ['lea@example.com'],
      ),
    );
    other.accounts.set('lea', { email: 'lea@example.com', email_verified: true });
    const again = { server: other, provider: 'other', invitation: await invite('lea@example.com') };
    expect((await come('lea', again)).status).toBe(403);
    expect((await come('lea', { invitation: again.invitation })).status).toBe(200);
  });

  test('of another address is not accepted by an account that is linked', async () => {
    await linked('max');
    const refused = await come('max', { invitation: await invite('nora@example.com') });
    expect([refused.status, refused.json.detail]).toEqual([403, expect.stringContaining('another address')]);
  });
});

describe('GitHub', () => {
  const address = (email: string, verified = true, primary = true) => ({ email, primary, verified });
  async function comeFromGitHub(account: GitHubAccount, invitation?: string): Promise<Answer> {
    const begun = await begin({}, 'github');
    return finish(begun, { ...github.signIn(begun.url, account), invitation });
  }

  test('lets somebody new in by the first address, when it is verified, and then by its number alone', async () => {
    const invitation = await invite('oda@example.com');
    for (const emails of [
      [address('oda@example.com', false)],
      [address('oda@example.com', true, false), address('mallory@example.com')],
      [],
    ]) {
      expect((await comeFromGitHub({ id: 7, emails }, invitation)).status).toBe(403);
    }
    const oda = { id: 7, emails: [address('Oda@example.com')] };
    expect((await comeFromGitHub(oda, invitation)).status).toBe(200);
    const again = await comeFromGitHub({ id: 7, emails: [address('new@example.com')] });
    const { json } = await browserOf(api, again).ask('GET', '/session');
    expect(json).toMatchObject({ method: 'provider', person: { email: 'oda@example.com' } });
    expect((await comeFromGitHub({ ...oda, id: 8 })).status).toBe(403);
  });

  test('takes an answer once, and in the browser that asked alone', async () => {
    const [begun, another] = [await begin({}, 'github'), await begin({}, 'github')];
    const account = { id: 7, emails: [] };
    const answer = github.signIn(begun.url, account);
    expect((await finish(another, answer)).status).toBe(401);
    const injected = { ...answer, code: github.signIn(another.url, account).code };
    expect((await finish(begun, injected)).status).toBe(401);
    expect((await finish(begun, answer)).status).toBe(401);
  });
});
