import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import type { Store } from '../../src/store/database/store.ts';
import { setDisabled } from '../../src/store/people/members.ts';
import { createApi } from '../support/api.ts';
import type { Answer, TestApi } from '../support/api.ts';
import { Authenticator } from '../support/authenticator.ts';
import type { Falsified } from '../support/authenticator.ts';
import { browserOf, makeMember, PASSWORD, signIn } from '../support/people.ts';
import type { TestBrowser } from '../support/people.ts';
import { createDatabase } from '../support/stores.ts';
import type { TestDatabase } from '../support/stores.ts';

// Passwords take long to try, on purpose.
jest.setTimeout(60_000);

let database: TestDatabase;
let store: Store;
let api: TestApi;
let userId: number;
let browser: TestBrowser;
let clients = 0;
const device = new Authenticator();

beforeAll(async () => {
  database = createDatabase('sqlite');
  store = await database.open();
  const { config } = database;
  const trusting = { ...config, api: { ...config.api, trustedProxies: ['127.0.0.1'] } };
  api = await createApi({ config: trusting, store });
  userId = await makeMember(store, 'anna@example.com', 'OWNER', { password: PASSWORD });
  browser = browserOf(api, await signIn(api, 'anna@example.com'));
  expect((await add(browser, device)).status).toBe(204);
});
afterAll(async () => {
  await api?.close();
  await database?.remove();
});

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
const here = () => ({ origin: `http://localhost:${new URL(api.url).port}`, rpId: 'localhost' });

async function add(of: TestBrowser, added: Authenticator, falsified: Falsified = {}): Promise<Answer> {
  const begun = await of.ask('POST', '/me/passkeys/begin');
  expect(begun.status).toBe(200);
  const { state, options } = begun.json;
  const response = added.create({ challenge: options.challenge, ...here() }, falsified);
  const { json } = await api.ask(null, 'GET', '/session', undefined, { cookie: of.cookie });
  const headers = { cookie: `${of.cookie}; ${cookieOf(begun)}`, 'x-csrf-token': String(json.csrfToken) };
  return ask('POST', '/me/passkeys', { state, name: 'of a test', response }, headers);
}

interface Begun {
  state: string;
  challenge: string;
  cookie: string;
}

async function begin(returnTo = '/'): Promise<Begun> {
  const begun = await ask('POST', '/sign-in/passkey/begin', { returnTo });
  const { state, options } = begun.json;
  expect(options).toMatchObject({ rpId: 'localhost', userVerification: 'required' });
  return { state, challenge: options.challenge, cookie: cookieOf(begun) };
}

const send = ({ state, cookie }: Omit<Begun, 'challenge'>, response: object): Promise<Answer> =>
  ask('POST', '/sign-in/passkey', { state, response }, { cookie });

async function come(of: Authenticator, falsified: Falsified = {}): Promise<Answer> {
  const begun = await begin();
  return send(begun, of.get({ challenge: begun.challenge, ...here() }, falsified));
}

test('a passkey signs its person in, to where they were going', async () => {
  const begun = await begin('/events');
  const answer = await send(begun, device.get({ challenge: begun.challenge, ...here() }));
  expect([answer.status, answer.json]).toEqual([200, { returnTo: '/events' }]);
  const { json } = await browserOf(api, answer).ask('GET', '/session');
  expect(json).toMatchObject({ method: 'passkey', role: 'OWNER', person: { userId } });
  const { passkeys } = (await browser.ask('GET', '/me/passkeys')).json;
  expect(passkeys).toMatchObject([{ name: 'of a test', lastUsedAt: expect.any(String) }]);
  expect((await ask('POST', '/sign-in/passkey/begin', { returnTo: '//elsewhere.example' })).status).toBe(400);
});

const FALSE: [what: string, falsified: Falsified][] = [
  ['challenge', { challenge: 'Z3Vlc3NlZA' }],
  ['origin', { origin: 'https://elsewhere.example' }],
  ['port', { origin: 'http://localhost:1' }],
  ['name of the dashboard', { rpId: 'elsewhere.example' }],
  ['kind', { type: 'webauthn.create' }],
  ['counter, which goes back', { counter: 1 }],
  ['holder', { isUnverified: true }],
];
test.each(FALSE)('an answer is refused that has a wrong %s', async (_what, falsified) => {
  const refused = await come(device, falsified);
  expect([refused.status, refused.headers['set-cookie']]).toEqual([401, undefined]);
});

test('an answer is refused that comes again, to another browser, or from another device', async () => {
  const [begun, another] = [await begin(), await begin()];
  const answer = device.get({ challenge: begun.challenge, ...here() });
  expect((await send({ ...begun, cookie: another.cookie }, answer)).status).toBe(401);
  expect((await send({ ...another, state: begun.state.replace('passkey', 'link') }, answer)).status).toBe(
    401,
  );
  expect((await send(begun, answer)).status).toBe(200);
  expect((await send(begun, answer)).status).toBe(401);
  expect((await send(another, answer)).status).toBe(401);
  expect((await come(new Authenticator())).status).toBe(401);
  // One that calls itself by the name of a known one.
  const impostor = Object.assign(new Authenticator(), { id: device.id });
  expect((await come(impostor)).status).toBe(401);
});

test('is added by who began it, just signed in, from a device that makes sure of its holder', async () => {
  expect((await add(browser, new Authenticator(), { isUnverified: true })).status).toBe(401);
  expect((await add(browser, new Authenticator(), { origin: 'https://elsewhere.example' })).status).toBe(401);
  await makeMember(store, 'bea@example.com', 'VIEWER', { password: PASSWORD });
  const other = browserOf(api, await signIn(api, 'bea@example.com'));
  expect((await add(other, device)).json.detail).toContain('known already');
  await store.session((session) =>
    session.execute(
      "UPDATE vedette_credentials SET authenticated_at = '2020-01-01 00:00:00.000' WHERE name = ?",
      ['bea@example.com'],
    ),
  );
  expect((await other.ask('POST', '/me/passkeys/begin')).status).toBe(403);
});

test('is taken away by its person alone, but never as the last way in; and keeps out who is disabled', async () => {
  const [passkey] = (await browser.ask('GET', '/me/passkeys')).json.passkeys;
  await makeMember(store, 'carl@example.com', 'VIEWER', { password: PASSWORD });
  const other = browserOf(api, await signIn(api, 'carl@example.com'));
  expect((await other.ask('DELETE', `/me/passkeys/${passkey.id}`)).status).toBe(404);
  const passwordIs = (hash: string | null) =>
    store.session((session) =>
      session.execute('UPDATE vedette_users SET password_hash = ? WHERE id = ?', [hash, userId]),
    );
  await passwordIs(null);
  expect((await browser.ask('DELETE', `/me/passkeys/${passkey.id}`)).status).toBe(400);
  await makeMember(store, 'dora@example.com', 'OWNER');
  await setDisabled(store, userId, true);
  expect((await come(device)).status).toBe(401);
  await setDisabled(store, userId, false);
  const elsewhere = browserOf(api, await come(device));
  await passwordIs('a hash');
  const done = await elsewhere.ask('DELETE', `/me/passkeys/${passkey.id}`);
  expect(done.status).toBe(204);
  expect((await elsewhere.ask('GET', '/session')).status).toBe(401);
  expect((await browserOf(api, done).ask('GET', '/session')).status).toBe(200);
  expect((await come(device)).status).toBe(401);
});
