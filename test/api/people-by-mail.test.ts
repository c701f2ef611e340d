import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingHttpHeaders, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, expect, jest, test } from '@jest/globals';
import { simpleParser } from 'mailparser';
import type { ParsedMail } from 'mailparser';
import type { Store } from '../../src/store/database/store.ts';
import { setDisabled } from '../../src/store/people/members.ts';
import { createApi } from '../support/api.ts';
import type { Answer, TestApi } from '../support/api.ts';
import { browserOf, makeMember, PASSWORD, signIn } from '../support/people.ts';
import { startSmtpSink } from '../support/smtp.ts';
import type { SmtpSink } from '../support/smtp.ts';
import { createDatabase } from '../support/stores.ts';
import type { TestDatabase } from '../support/stores.ts';
import { until } from '../support/until.ts';

// Passwords take long to try, on purpose.
jest.setTimeout(90_000);

const BREACHED = 'four words that somebody lost';
const NEW_PASSWORD = 'seven wooden windmills turn';
const PUBLIC = 'https://vedette.example.com';

let database: TestDatabase;
let store: Store;
let api: TestApi;
let sink: SmtpSink;
let ranges: Server;
/** What the stand-in of Have I Been Pwned was asked, and how it answers. */
const asked: { url: string | undefined; headers: IncomingHttpHeaders }[] = [];
let answering: 'at once' | 'with an error' | 'never' = 'at once';

beforeAll(async () => {
  database = createDatabase('sqlite');
  store = await database.open();
  sink = await startSmtpSink({ startTls: false });
  ranges = createServer(({ url, headers }, response) => {
    asked.push({ url, headers });
    if (answering === 'never') return;
    const hash = createHash('sha1').update(BREACHED).digest('hex').toUpperCase();
    response.statusCode = answering === 'at once' ? 200 : 503;
    response.end(`${'0'.repeat(35)}:0\r\n${hash.slice(5)}:${url === `/range/${hash.slice(0, 5)}` ? 42 : 0}`);
  }).listen(0, '127.0.0.1');
  await once(ranges, 'listening');
  const { config } = database;
  api = await createApi({
    config: {
      ...config,
      api: { ...config.api, publicUrl: PUBLIC, trustedProxies: ['127.0.0.1'] },
      mail: {
        ...config.mail,
        smtpHost: '127.0.0.1',
        smtpPort: sink.port,
        smtpUseTls: false,
        from: 'vedette@example.com',
        recipients: ['ops@example.com'],
      },
      people: {
        breachCheck: true,
        breachUrl: `http://127.0.0.1:${(ranges.address() as AddressInfo).port}`,
      },
    },
    store,
  });
});
afterEach(() => {
  answering = 'at once';
  sink.received.length = 0;
});
afterAll(async () => {
  await api?.close();
  await sink?.stop();
  ranges?.closeAllConnections();
  ranges?.close();
  await database?.remove();
});

let clients = 0;
const anyone = (path: string, body: unknown): Promise<Answer> => {
  clients += 1;
  return api.ask(null, 'POST', path, body, { 'x-forwarded-for': `198.51.101.${clients % 250}` });
};

async function letterTo(email: string, subject: RegExp): Promise<ParsedMail> {
  let found: ParsedMail | undefined;
  await until(async () => {
    const all = await Promise.all(
      sink.received
        .filter(({ recipients }) => recipients.length === 1 && recipients[0] === email)
        .map(({ raw }) => simpleParser(raw)),
    );
    found = all.find((one) => subject.test(one.subject ?? ''));
    return found !== undefined;
  });
  return found as ParsedMail;
}

/** Both ways of reading a letter have the same link, which is one of the public address. */
function codeIn({ text = '', html }: ParsedMail, page: string): string {
  const [, code = ''] = new RegExp(`${PUBLIC}/${page}#code=(\\S+)`).exec(text) ?? [];
  expect(code).toMatch(/^vd[ci]_/);
  expect(html).toContain(`href="${PUBLIC}/${page}#code=${code}"`);
  return code;
}

test('a forgotten password is set anew by a letter, once, and ends what was signed in', async () => {
  await makeMember(store, 'jane@example.com', 'OWNER', { password: PASSWORD });
  const before = browserOf(api, await signIn(api, 'jane@example.com'));
  const answer = await anyone('/password/reset', { email: 'Jane@example.com' });
  expect([answer.status, answer.json]).toEqual([202, { accepted: true }]);
  const code = codeIn(await letterTo('jane@example.com', /new password/), 'set-password');
  expect(JSON.stringify(await store.read('SELECT * FROM vedette_user_codes'))).not.toContain(code);

  const set = (password: string) => anyone('/password', { code, password });
  expect((await set('jane@example.com')).status).toBe(400);
  expect((await set(NEW_PASSWORD)).json).toEqual({ email: 'jane@example.com' });
  expect((await set('another quite long sentence')).status).toBe(401);
  expect((await before.ask('GET', '/session')).status).toBe(401);
  expect((await signIn(api, 'jane@example.com')).status).toBe(401);
  const after = await signIn(api, 'jane@example.com', NEW_PASSWORD);
  expect(after.json.person).toMatchObject({ emailVerified: true });
  await letterTo('jane@example.com', /password was changed/);
  const { json } = await api.get('/audit?target=members', 'admin');
  const actions = json.entries.map(({ action }: { action: string }) => action);
  expect(actions).toEqual(expect.arrayContaining(['password.reset', 'password.set']));
});

test('who asks for a new password learns nothing, and fills nobody’s post box', async () => {
  const disabled = await makeMember(store, 'gone@example.com', 'VIEWER', { password: PASSWORD });
  await setDisabled(store, disabled, true);
  await makeMember(store, 'without@example.com', 'VIEWER');
  await makeMember(store, 'known@example.com', 'VIEWER', { password: PASSWORD });
  const addresses = ['nobody@example.com', 'gone@example.com', 'without@example.com', 'known@example.com'];
  const answers = await Promise.all(addresses.map((email) => anyone('/password/reset', { email })));
  expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
  await letterTo('known@example.com', /new password/);
  await Promise.all([1, 2, 3].map(() => anyone('/password/reset', { email: 'known@example.com' })));
  await anyone('/password/reset', { email: 'jane@example.com' });
  await letterTo('jane@example.com', /new password/);
  expect(sink.received.flatMap(({ recipients }) => recipients).toSorted()).toEqual([
    'jane@example.com',
    'known@example.com',
  ]);
});

test('an address is confirmed by who is signed in with it', async () => {
  await makeMember(store, 'proved@example.com', 'VIEWER', { password: PASSWORD });
  await makeMember(store, 'other@example.com', 'VIEWER', { password: PASSWORD });
  const own = browserOf(api, await signIn(api, 'proved@example.com'));
  const other = browserOf(api, await signIn(api, 'other@example.com'));
  expect((await own.ask('POST', '/me/email/verification')).status).toBe(204);
  expect((await own.ask('POST', '/me/email/verification')).status).toBe(400);
  const code = codeIn(await letterTo('proved@example.com', /Confirm/), 'verify-email');
  expect((await other.ask('POST', '/me/email/confirm', { code })).status).toBe(403);
  expect((await anyone('/password', { code, password: NEW_PASSWORD })).status).toBe(401);
  expect((await own.ask('POST', '/me/email/confirm', { code })).status).toBe(204);
  expect((await own.ask('POST', '/me/email/confirm', { code })).status).toBe(401);
  expect((await own.ask('GET', '/session')).json.person).toMatchObject({ emailVerified: true });
  expect((await own.ask('POST', '/me/email/verification')).status).toBe(400);
});

test('an invitation that was sent shows its address, and says who invites to what', async () => {
  await makeMember(store, 'admin@example.com', 'ADMIN', { password: PASSWORD });
  const admin = browserOf(api, await signIn(api, 'admin@example.com'));
  const invited = await admin.ask('POST', '/teams/invites', { email: 'new@example.com' });
  expect(invited.json).toMatchObject({ link: null, sentAt: expect.any(String) });
  const letter = await letterTo('new@example.com', /You are invited to default/);
  expect(letter.text).toContain('admin@example.com invites you');
  const code = codeIn(letter, 'invitation');
  const accepted = await anyone('/invites/accept', { code, name: 'New', password: NEW_PASSWORD });
  expect((await browserOf(api, accepted).ask('GET', '/session')).json.person).toMatchObject({
    email: 'new@example.com',
    emailVerified: true,
  });
});

test('a password that is known from a breach is refused, and told to nobody', async () => {
  await makeMember(store, 'breached@example.com', 'VIEWER', { password: PASSWORD });
  let browser = browserOf(api, await signIn(api, 'breached@example.com'));
  asked.length = 0;
  const change = async (currentPassword: string, password: string) => {
    const answer = await browser.ask('PUT', '/me/password', { currentPassword, password });
    if (answer.status === 204) browser = browserOf(api, answer);
    return answer;
  };
  const refused = await change(PASSWORD, BREACHED);
  expect([refused.status, refused.json.detail]).toEqual([400, expect.stringContaining('breach')]);
  expect((await change(PASSWORD, NEW_PASSWORD)).status).toBe(204);
  expect(asked).toHaveLength(2);
  expect(asked.every(({ url }) => /^\/range\/[0-9A-F]{5}$/.test(url ?? ''))).toBe(true);
  expect(asked.every(({ headers }) => headers['add-padding'] === 'true')).toBe(true);
  // Nobody who answers, or answers nonsense, keeps people from a new password; signing in asks nobody.
  answering = 'with an error';
  expect((await change(NEW_PASSWORD, BREACHED)).status).toBe(204);
  answering = 'never';
  expect((await change(BREACHED, PASSWORD)).status).toBe(204);
  const before = asked.length;
  expect((await signIn(api, 'breached@example.com')).status).toBe(200);
  expect(asked).toHaveLength(before);
});

test('where nothing can be sent, that is said to everybody alike', async () => {
  const other = createDatabase('sqlite');
  const silent = await createApi({ config: other.config, store: await other.open() });
  try {
    const answer = await silent.ask(null, 'POST', '/password/reset', { email: 'jane@example.com' });
    expect([answer.status, answer.json.detail]).toEqual([400, 'This installation sends no e-mails.']);
  } finally {
    await silent.close();
    await other.remove();
  }
});
