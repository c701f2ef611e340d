import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { pino } from 'pino';
import { serveApi } from '../../src/api/server.ts';
import { silent } from '../../src/log.ts';
import { complianceBasis } from '../../src/sources/checks/described.ts';
import { createLink, createToken, revokeToken, listTokens } from '../../src/store/access/credentials.ts';
import type { Store } from '../../src/store/database/store.ts';
import { createApi } from '../support/api.ts';
import type { Answer, TestApi } from '../support/api.ts';
import { documentedOperations } from '../support/operations.ts';
import { createDatabase, testConfig } from '../support/stores.ts';
import type { TestDatabase } from '../support/stores.ts';

let database: TestDatabase;
let store: Store;
let api: TestApi;
const logged: string[] = [];

beforeAll(async () => {
  database = createDatabase('sqlite');
  store = await database.open();
  const logger = pino({ level: 'debug' }, { write: (line: string) => void logged.push(line) });
  api = await createApi({ config: database.config, store, logger });
});
afterAll(async () => {
  await api?.close();
  await database?.remove();
});

const path = (template: string) => template.replaceAll(/\{\w+\}/g, '1');

/** A browser that has been signed in by a link. */
async function signIn(scope: 'read' | 'operate' | 'admin' = 'admin') {
  const { secret: code } = await createLink(store, 'default', { name: 'a link', scope, createdBy: 'a test' });
  const answer = await api.ask(null, 'POST', '/session', { code });
  const cookie = String(answer.headers['set-cookie']).split(';')[0] ?? '';
  return { answer, cookie, csrf: answer.json.csrfToken as string, code };
}

const asBrowser = (
  method: string,
  where: string,
  headers: Record<string, string>,
  body?: unknown,
): Promise<Answer> => api.ask(null, method, where, body, headers);

describe('every route', () => {
  test('refuses whom it does not know, but for those that anyone may use', async () => {
    const operations = documentedOperations(api.app);
    const open = operations.filter(({ access }) => access === 'anyone').map(({ id }) => id);
    expect(open.toSorted()).toEqual([
      'acceptInvite',
      'beginPasskeySignIn',
      'beginProviderSignIn',
      'finishProviderSignIn',
      'listSignInProviders',
      'requestPasswordReset',
      'setPassword',
      'showDocument',
      'showHealth',
      'showInvite',
      'signIn',
      'signInByPasskey',
      'signInByProvider',
    ]);
    for (const { id, method, path: template, body } of operations.filter(
      ({ access }) => access !== 'anyone',
    )) {
      const answer = await api.ask(null, method, path(template), body);
      expect([id, answer.status, answer.json.failure]).toEqual([id, 401, 'unauthenticated']);
      expect(answer.headers['www-authenticate']).toContain('Bearer');
    }
  });

  test('that changes something demands the token against forgery from a browser', async () => {
    const { cookie, csrf } = await signIn();
    const changing = documentedOperations(api.app).filter(
      ({ changes, access }) => changes && access !== 'anyone',
    );
    for (const { id, method, path: template, body } of changing) {
      for (const token of [{}, { 'x-csrf-token': 'x' }, { 'x-csrf-token': `${csrf}x` }]) {
        const answer = await asBrowser(method, path(template), { cookie, ...token }, body);
        expect([id, answer.status, answer.json.failure]).toEqual([id, 403, 'forbidden']);
      }
    }
    const looked = await asBrowser('GET', '/session', { cookie });
    expect(looked.json).toMatchObject({ name: 'a link', scope: 'admin', csrfToken: csrf });
    const made = await asBrowser('POST', '/tokens', { cookie, 'x-csrf-token': csrf }, { name: 'ci' });
    expect(made.status).toBe(201);
  });
});

describe('a browser', () => {
  test('is signed in by a link once, with a cookie that scripts and other sites do not get', async () => {
    const { answer, cookie, code } = await signIn();
    expect(answer.status).toBe(200);
    const [text] = answer.headers['set-cookie'] ?? [];
    expect(text).toMatch(
      /^vedette_session_\d+=vds_[\w-]+; Path=\/; Expires=[^;]+; HttpOnly; SameSite=Strict$/,
    );
    expect((await asBrowser('GET', '/session', { cookie })).status).toBe(200);
    const again = await api.ask(null, 'POST', '/session', { code });
    expect([again.status, again.json.failure]).toEqual([401, 'unauthenticated']);
    expect(again.json.remedy).toContain('vedette token link');
  });

  test('is signed in by a token, and out when that is revoked', async () => {
    const token = await createToken(store, 'default', {
      name: 'of mine',
      scope: 'read',
      createdBy: 'a test',
      expiresAt: null,
    });
    const answer = await api.ask(null, 'POST', '/session', { token: token.secret });
    const cookie = String(answer.headers['set-cookie']).split(';')[0] ?? '';
    expect((await asBrowser('GET', '/session', { cookie })).json).toMatchObject({
      name: 'of mine',
      scope: 'read',
    });
    await revokeToken(store, 'default', token.id);
    expect((await asBrowser('GET', '/session', { cookie })).status).toBe(401);
    expect((await api.ask(null, 'POST', '/session', { token: token.secret })).status).toBe(401);
  });

  test('signs out', async () => {
    const { cookie, csrf } = await signIn();
    expect((await asBrowser('DELETE', '/session', { cookie, 'x-csrf-token': csrf })).status).toBe(204);
    expect((await asBrowser('GET', '/session', { cookie })).status).toBe(401);
  });

  test.each([
    ['another origin', { origin: 'https://evil.example' }],
    ['no origin', { origin: 'null' }],
    ['another site', { 'sec-fetch-site': 'cross-site' }],
    ['another host of the same site', { 'sec-fetch-site': 'same-site' }],
  ])('changes nothing when the request comes from %s', async (_title, headers) => {
    const { cookie, csrf } = await signIn();
    const body = { name: 'x' };
    const answer = await asBrowser('POST', '/tokens', { cookie, 'x-csrf-token': csrf, ...headers }, body);
    expect([answer.status, answer.json.failure]).toEqual([403, 'forbidden']);
    expect((await api.ask(null, 'POST', '/session', { code: 'x' }, headers)).status).toBe(403);
  });

  test('of the dashboard itself changes something', async () => {
    const { cookie, csrf } = await signIn();
    const origin = api.url.replace('127.0.0.1', 'localhost');
    const headers = {
      cookie,
      'x-csrf-token': csrf,
      origin,
      host: origin.slice(7),
      'sec-fetch-site': 'same-origin',
    };
    expect((await asBrowser('POST', '/tokens', headers, { name: 'x' })).status).toBe(201);
  });
});

test('a name that was made to lead here is refused, also for the open routes', async () => {
  const answer = await api.ask(null, 'GET', '/health', undefined, { host: 'evil.example:8250' });
  expect([answer.status, answer.json.failure]).toEqual([403, 'forbidden']);
  for (const host of ['localhost', '127.0.0.1:1', '[::1]:8250'])
    expect((await api.ask(null, 'GET', '/health', undefined, { host })).status).toBe(200);
});

test('tokens are those of the organisation, without their secrets', async () => {
  const made = await api.ask('admin', 'POST', '/tokens', {
    name: ' ci ',
    scope: 'operate',
    expiresInDays: 30,
  });
  expect(made.json).toMatchObject({
    name: 'ci',
    scope: 'operate',
    createdBy: expect.stringMatching(/^admin \(token \d+\)$/),
  });
  expect(made.headers.location).toBe(`/api/v1/tokens/${made.json.id}`);
  const days = (Date.parse(made.json.expiresAt) - Date.parse(made.json.createdAt)) / 86_400_000;
  expect(days).toBeCloseTo(30, 2);
  const bearer = { authorization: `Bearer ${made.json.secret}` };
  expect((await api.ask(null, 'GET', '/session', undefined, bearer)).json).toMatchObject({
    scope: 'operate',
    csrfToken: null,
  });
  const listed = await api.get('/tokens', 'admin');
  expect(listed.text).not.toContain(made.json.secret.slice(4, 20));
  expect((await api.ask('admin', 'DELETE', `/tokens/${made.json.id}`)).status).toBe(204);
  expect((await api.ask(null, 'GET', '/session', undefined, bearer)).status).toBe(401);
  const tokens = await listTokens(store, 'default');
  expect(tokens.find(({ id }) => id === made.json.id)?.revokedAt).not.toBeNull();
  expect((await api.ask('admin', 'DELETE', '/tokens/999999')).status).toBe(404);
});

test('every answer carries the headers that keep browsers safe', async () => {
  const answers = [
    await api.ask(null, 'GET', '/health'),
    await api.ask(null, 'GET', '/nothing'),
    await api.ask(null, 'GET', '/events'),
    await api.ask('read', 'POST', '/events/suppress', '{'),
    await api.ask(null, 'GET', '//'),
    await api.ask(null, 'GET', '/health', undefined, { host: 'evil.example' }),
  ];
  for (const { headers } of answers) {
    const policy = String(headers['content-security-policy']);
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain('unsafe');
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
      'cross-origin-resource-policy': 'same-origin',
    });
    expect(headers['cache-control']).toBeDefined();
    expect(headers).not.toHaveProperty('access-control-allow-origin');
    expect(headers).not.toHaveProperty('strict-transport-security');
  }
});

test('the page with the document works under a policy of its own', async () => {
  const page = await api.ask(null, 'GET', '/docs');
  expect(page.status).toBe(200);
  const policy = String(page.headers['content-security-policy']);
  expect(policy).toContain("script-src 'self';");
  const scripts = [...page.text.matchAll(/<script([^>]*)>([^<]*)/g)];
  expect(scripts.length).toBeGreaterThan(0);
  for (const [, attributes = '', inline] of scripts) {
    expect(inline?.trim()).toBe('');
    const file = /src="([^"]+)"/.exec(attributes)?.[1] ?? '';
    expect((await api.ask(null, 'GET', `/${file}`)).status).toBe(200);
  }
});

test('neither tokens nor codes nor cookies are logged', async () => {
  const { cookie, csrf, code } = await signIn();
  await asBrowser('POST', '/tokens', { cookie, 'x-csrf-token': csrf }, { name: 'x' });
  await api.ask(null, 'POST', '/session', { code: 'vdl_wrong' });
  await api.ask(null, 'GET', '/events?search=secret-word', undefined, { authorization: 'Bearer vdt_wrong' });
  const text = logged.join('');
  expect(text).toContain('"path":"/api/v1/session"');
  for (const secret of [code, cookie, csrf, api.tokens.admin, 'vdl_wrong', 'vdt_wrong', 'secret-word'])
    expect(text).not.toContain(secret);
});

test('behind a proxy with TLS the cookie is for TLS only, and the public name is known', async () => {
  const config = {
    ...database.config,
    api: { ...database.config.api, publicUrl: 'https://vedette.example.com' },
  };
  const behind = await createApi({ config, store });
  try {
    const { secret: code } = await createLink(store, 'default', { name: 'l', scope: 'read', createdBy: 't' });
    const headers = { host: 'vedette.example.com', origin: 'https://vedette.example.com' };
    const answer = await behind.ask(null, 'POST', '/session', { code }, headers);
    expect(answer.status).toBe(200);
    expect(String(answer.headers['set-cookie'])).toContain('; Secure');
    expect(answer.headers['strict-transport-security']).toContain('max-age');
  } finally {
    await behind.close();
  }
});

test('who asks too often is told to wait; signing in is limited more than the rest', async () => {
  const config = { ...database.config, api: { ...database.config.api, requestsPerMinute: 40 } };
  const limited = await createApi({ config, store });
  try {
    const statuses: number[] = [];
    for (let count = 0; count < 21; count += 1)
      statuses.push((await limited.ask(null, 'POST', '/session', { code: 'x' })).status);
    expect(statuses.filter((status) => status === 401)).toHaveLength(20);
    const last = await limited.ask(null, 'POST', '/session', { code: 'x' });
    expect([last.status, last.json.failure]).toEqual([429, 'too-many-requests']);
    expect(Number(last.headers['retry-after'])).toBeGreaterThan(0);
    let health = 200;
    for (let count = 0; count < 41; count += 1) health = (await limited.ask(null, 'GET', '/health')).status;
    expect(health).toBe(429);
  } finally {
    await limited.close();
  }
});

describe('beyond the loopback interface', () => {
  const serve = async (config: TestDatabase['config']): Promise<string> => {
    const closing = new AbortController();
    let url = '';
    await serveApi(config, {
      temporalAddress: '127.0.0.1:1',
      compliance: async () => complianceBasis(config.checks),
      logger: silent,
      signal: closing.signal,
      onReady: (at) => {
        url = at;
        closing.abort();
      },
    });
    return url;
  };

  test('nothing is served until somebody has a token', async () => {
    const empty = createDatabase('sqlite');
    const { home } = empty.config.general;
    const config = testConfig({ general: { home }, api: { address: '0.0.0.0:0' } });
    try {
      await expect(serve(config)).rejects.toMatchObject({
        type: 'config-invalid',
        remedy: expect.stringContaining('vedette token create'),
      });
      const opened = await empty.open();
      const past = new Date(Date.now() - 1000).toISOString();
      await createToken(opened, 'default', { name: 'old', scope: 'read', createdBy: 't', expiresAt: past });
      await expect(serve(config)).rejects.toMatchObject({ type: 'config-invalid' });
      await createToken(opened, 'default', { name: 'new', scope: 'read', createdBy: 't', expiresAt: null });
      expect(await serve(config)).toMatch(/^http:/);
    } finally {
      await empty.remove();
    }
  });
});

describe('browsers that are signed in', () => {
  test('are listed, and one can be signed out; those of other organisations are not there', async () => {
    const { cookie } = await signIn('read');
    const { json } = await api.ask('admin', 'GET', '/sessions');
    const [newest] = json.sessions as { id: number; name: string; own: boolean; scope: string }[];
    expect(newest).toMatchObject({ name: 'a link', scope: 'read', own: false });
    expect(newest).not.toHaveProperty('secret');
    expect((await api.ask('other', 'GET', '/sessions')).json).toEqual({ sessions: [] });
    expect((await api.ask('other', 'DELETE', `/sessions/${newest?.id}`)).status).toBe(404);
    expect((await asBrowser('GET', '/session', { cookie })).status).toBe(200);

    expect((await api.ask('admin', 'DELETE', `/sessions/${newest?.id}`)).status).toBe(204);
    expect((await asBrowser('GET', '/session', { cookie })).status).toBe(401);
    const { json: after } = await api.ask('admin', 'GET', '/sessions');
    expect(after.sessions.map(({ id }: { id: number }) => id)).not.toContain(newest?.id);
  });

  test('at two ports of one host have a cookie for each', async () => {
    const { cookie } = await signIn();
    const other = await createApi({ config: database.config, store });
    try {
      const { secret: code } = await createLink(store, 'default', {
        name: 'a link',
        scope: 'read',
        createdBy: 'a test',
      });
      const second = await other.ask(null, 'POST', '/session', { code });
      const both = `${cookie}; ${String(second.headers['set-cookie']).split(';')[0]}`;
      expect((await asBrowser('GET', '/session', { cookie: both })).json.scope).toBe('admin');
      expect((await other.ask(null, 'GET', '/session', undefined, { cookie: both })).json.scope).toBe('read');
    } finally {
      await other.close();
    }
  });
});
