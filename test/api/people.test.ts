import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { generate } from 'otplib';
import { hashPassword } from '../../src/people/passwords.ts';
import { seal, unseal } from '../../src/people/sealing.ts';
import { changeOrganization } from '../../src/people/sign-in.ts';
import {
  createLink,
  createToken,
  endSession,
  findCredential,
  openSession,
  revokeToken,
} from '../../src/store/access/credentials.ts';
import { transaction } from '../../src/store/database/store.ts';
import type { Store } from '../../src/store/database/store.ts';
import { sqlTime } from '../../src/store/database/values.ts';
import { setPlan } from '../../src/store/organizations/plans.ts';
import { createCode } from '../../src/store/people/codes.ts';
import { setDisabled } from '../../src/store/people/members.ts';
import { passwordHashOf, reading, setPasswordHash } from '../../src/store/people/users.ts';
import { createApi } from '../support/api.ts';
import type { Answer, TestApi } from '../support/api.ts';
import { browserOf, makeMember, PASSWORD, signIn } from '../support/people.ts';
import type { TestBrowser } from '../support/people.ts';
import { createDatabase } from '../support/stores.ts';
import type { TestDatabase } from '../support/stores.ts';

// Passwords take long to try, on purpose.
jest.setTimeout(60_000);

let database: TestDatabase;
let store: Store;
let api: TestApi;
let owner: number;

beforeAll(async () => {
  database = createDatabase('sqlite');
  store = await database.open();
  const { config } = database;
  const trusting = { ...config, api: { ...config.api, trustedProxies: ['127.0.0.1'] } };
  api = await createApi({ config: trusting, store });
  owner = await makeMember(store, 'owner@example.com', 'OWNER', { password: PASSWORD });
});
afterAll(async () => {
  await api?.close();
  await database?.remove();
});

describe('signing in by password', () => {
  test('gives a session of the person, with a new secret each time', async () => {
    const [one, other] = [await signIn(api, 'Owner@Example.com'), await signIn(api, 'owner@example.com')];
    expect(one.json).toMatchObject({
      role: 'OWNER',
      method: 'password',
      person: { userId: owner, email: 'owner@example.com' },
    });
    expect(browserOf(api, one).cookie).not.toBe(browserOf(api, other).cookie);
    expect(one.json.csrfToken).not.toBe(other.json.csrfToken);
  });

  test('tells nobody who is there: one answer for unknown, wrong, disabled and without a password', async () => {
    const id = await makeMember(store, 'disabled@example.com', 'VIEWER', { password: PASSWORD });
    await setDisabled(store, id, true);
    await makeMember(store, 'without@example.com', 'VIEWER');
    const tried = [
      await signIn(api, 'owner@example.com', 'wrong'),
      await signIn(api, 'nobody@example.com'),
      await signIn(api, 'disabled@example.com'),
      await signIn(api, 'without@example.com', ''),
    ];
    expect(new Set(tried.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
    expect(tried[0]?.status).toBe(401);
    expect(tried[0]?.headers['set-cookie']).toBeUndefined();
  });

  test('is held up after several wrong ones, with the same answer also for the right one', async () => {
    const userId = await makeMember(store, 'guessed@example.com', 'VIEWER', { password: PASSWORD });
    await store.session((session) =>
      session.execute('UPDATE vedette_users SET failed_sign_ins = 20 WHERE id = ?', [userId]),
    );
    const wrong = await signIn(api, 'guessed@example.com', 'x');
    const right = await signIn(api, 'guessed@example.com');
    expect([right.status, right.text]).toEqual([401, wrong.text]);
  });
});

// Judging a password takes a while, and so does whoever is faster.
describe('what was changed meanwhile to keep somebody out', () => {
  let hash: string;
  beforeAll(async () => {
    hash = await hashPassword('nine patient herons wait');
  });

  /** Sets another password as soon as the attempt of somebody is under way. */
  async function overtake(userId: number): Promise<void> {
    for (let looks = 0; looks < 1000; looks += 1) {
      const [row] = await store.read<{ n: number }>(
        'SELECT failed_sign_ins AS n FROM vedette_users WHERE id = ?',
        [userId],
      );
      if (row?.n === 1) break;
      await sleep(2);
    }
    await transaction(store, (session) => setPasswordHash(session, userId, hash));
  }

  test('a sign-in by the former password is refused', async () => {
    const userId = await makeMember(store, 'slow@example.com', 'VIEWER', { password: PASSWORD });
    const [tried] = await Promise.all([signIn(api, 'slow@example.com'), overtake(userId)]);
    expect([tried.status, tried.headers['set-cookie']]).toEqual([401, undefined]);
  });

  test('the new password is not overwritten by who knows the former one', async () => {
    const userId = await makeMember(store, 'thief@example.com', 'VIEWER', { password: PASSWORD });
    const browser = browserOf(api, await signIn(api, 'thief@example.com'));
    const password = 'seven wooden windmills turn';
    const [changed] = await Promise.all([
      browser.ask('PUT', '/me/password', { currentPassword: PASSWORD, password }),
      overtake(userId),
    ]);
    expect(changed.status).toBe(401);
    expect(await passwordHashOf(reading(store), userId)).toBe(hash);
  });

  test('a session that has ended, or a token that was revoked, opens no other', async () => {
    await makeMember(store, 'mover@example.com', 'VIEWER', { password: PASSWORD });
    await makeMember(store, 'mover@example.com', 'VIEWER', { organizationId: 'second' });
    const { cookie } = browserOf(api, await signIn(api, 'mover@example.com'));
    const session = await findCredential(store, 'session', cookie.split('=')[1] ?? '');
    if (session?.userId == null) throw new Error('Nobody is signed in.');
    await endSession(store, session);
    const from = { ...session, userId: session.userId };
    await expect(changeOrganization(store, from, 'second')).rejects.toMatchObject({
      type: 'unauthenticated',
    });

    const token = { name: 'x', scope: 'read', createdBy: 'a test', expiresAt: null } as const;
    const made = await createToken(store, 'default', token);
    await revokeToken(store, 'default', made.id);
    await expect(openSession(store, made)).rejects.toMatchObject({ type: 'unauthenticated' });
  });
});

describe('people', () => {
  test('are changed by admins, owners by owners only, and never the last', async () => {
    const admin = await makeMember(store, 'admin@example.com', 'ADMIN', { password: PASSWORD });
    const member = await makeMember(store, 'member@example.com', 'MEMBER', { password: PASSWORD });
    const asAdmin = browserOf(api, await signIn(api, 'admin@example.com'));
    const asOwner = browserOf(api, await signIn(api, 'owner@example.com'));
    const asMember = browserOf(api, await signIn(api, 'member@example.com'));
    const listed = await asMember.ask('GET', '/teams/members');
    expect(listed.json.members.map(({ email }: { email: string }) => email)).toContain('admin@example.com');

    expect((await asMember.ask('PUT', `/teams/members/${member}`, { role: 'ADMIN' })).status).toBe(403);
    for (const [path, method, body] of [
      [`/teams/members/${owner}`, 'PUT', { role: 'VIEWER' }],
      [`/teams/members/${owner}`, 'DELETE', undefined],
      [`/teams/members/${admin}`, 'PUT', { role: 'OWNER' }],
    ] as const) {
      const refused = await asAdmin.ask(method, path, body);
      expect([path, refused.status]).toEqual([path, 403]);
    }
    expect((await asAdmin.ask('PUT', `/teams/members/${member}`, { role: 'VIEWER' })).json.role).toBe(
      'VIEWER',
    );
    expect((await asMember.ask('GET', '/session')).status).toBe(401);
    const last = await asOwner.ask('PUT', `/teams/members/${owner}`, { role: 'ADMIN' });
    expect([last.status, last.json.detail]).toEqual([400, expect.stringContaining('last owner')]);
    expect((await asOwner.ask('DELETE', '/teams/membership')).status).toBe(400);
    expect((await asOwner.ask('DELETE', `/teams/members/${member}`)).status).toBe(204);
    expect((await signIn(api, 'member@example.com')).status).toBe(403);
  });

  test('of another organisation are neither seen nor reached', async () => {
    const theirs = await makeMember(store, 'theirs@example.com', 'OWNER', { organizationId: 'theirs' });
    const { json, text } = await api.get('/teams/members', 'admin');
    expect(json.members.length).toBeGreaterThan(0);
    expect(text).not.toContain('theirs@example.com');
    expect((await api.ask('admin', 'DELETE', `/teams/members/${theirs}`)).status).toBe(404);
    expect((await api.ask('admin', 'PUT', `/teams/members/${theirs}`, { role: 'VIEWER' })).status).toBe(404);
  });

  test('a link of an admin makes and changes owners, an admin’s token does not', async () => {
    const id = await makeMember(store, 'next@example.com', 'VIEWER');
    expect((await api.ask('admin', 'PUT', `/teams/members/${id}`, { role: 'OWNER' })).status).toBe(403);
    const link = await createLink(store, 'default', { name: 'a link', scope: 'admin', createdBy: 'a test' });
    const browser = browserOf(api, await api.ask(null, 'POST', '/session', { code: link.secret }));
    expect((await browser.ask('PUT', `/teams/members/${id}`, { role: 'OWNER' })).status).toBe(200);
    expect((await browser.ask('PUT', `/teams/members/${id}`, { role: 'VIEWER' })).status).toBe(200);
  });
});

describe('one’s own account', () => {
  test('a password is set by a link once, and ends what was signed in', async () => {
    const userId = await makeMember(store, 'new@example.com', 'VIEWER', { password: PASSWORD });
    const before = browserOf(api, await signIn(api, 'new@example.com'));
    const code = await transaction(store, (session) =>
      createCode(session, { userId, kind: 'password', email: null }),
    );
    const set = (password: string) => api.ask(null, 'POST', '/password', { code, password });
    const weak = await set('new@example.com!!');
    expect([weak.status, weak.text]).toEqual([400, expect.not.stringContaining('new@example.com!!')]);
    expect((await set('another quite long sentence')).json).toEqual({ email: 'new@example.com' });
    expect((await set('another quite long sentence')).status).toBe(401);
    expect((await before.ask('GET', '/session')).status).toBe(401);
    expect((await signIn(api, 'new@example.com')).status).toBe(401);
    expect((await signIn(api, 'new@example.com', 'another quite long sentence')).status).toBe(200);
  });

  test('a changed password gives this browser another secret and ends the others', async () => {
    await makeMember(store, 'change@example.com', 'VIEWER', { password: PASSWORD });
    const [one, other] = [await signIn(api, 'change@example.com'), await signIn(api, 'change@example.com')];
    const browser = browserOf(api, one);
    const password = 'seven wooden windmills turn';
    expect((await browser.ask('PUT', '/me/password', { currentPassword: 'wrong', password })).status).toBe(
      403,
    );
    const changed = await browser.ask('PUT', '/me/password', { currentPassword: PASSWORD, password });
    expect(changed.status).toBe(204);
    expect((await browser.ask('GET', '/session')).status).toBe(401);
    expect((await browserOf(api, other).ask('GET', '/session')).status).toBe(401);
    expect((await browserOf(api, changed).ask('GET', '/session')).status).toBe(200);
  });

  test('one sees and ends one’s own browsers, and nobody else’s', async () => {
    await makeMember(store, 'browsers@example.com', 'VIEWER', { password: PASSWORD });
    const [one, other] = [
      await signIn(api, 'browsers@example.com'),
      await signIn(api, 'browsers@example.com'),
    ];
    const browser = browserOf(api, one);
    const { sessions } = (await browser.ask('GET', '/me/sessions')).json;
    expect(sessions.map(({ own }: { own: boolean }) => own)).toEqual([false, true]);
    expect((await browser.ask('DELETE', `/me/sessions/${sessions[0].id}`)).status).toBe(204);
    expect((await browserOf(api, other).ask('GET', '/session')).status).toBe(401);
    const others = (await store.read<{ id: number }>(
      "SELECT id FROM vedette_credentials WHERE kind = 'session' AND name = 'owner@example.com'",
    )) as { id: number }[];
    expect((await browser.ask('DELETE', `/me/sessions/${others[0]?.id}`)).status).toBe(404);
  });

  test('one goes over to another of one’s organisations with a new secret, and no fresher', async () => {
    await makeMember(store, 'both@example.com', 'VIEWER', { password: PASSWORD });
    await makeMember(store, 'both@example.com', 'OWNER', { organizationId: 'second' });
    const first = await signIn(api, 'both@example.com');
    const browser = browserOf(api, first);
    expect((await browser.ask('PUT', '/me/organization', { organizationId: 'theirs' })).status).toBe(404);
    const moved = await browser.ask('PUT', '/me/organization', { organizationId: 'second' });
    expect(moved.status).toBe(204);
    expect((await browser.ask('GET', '/session')).status).toBe(401);
    const { json } = await browserOf(api, moved).ask('GET', '/session');
    expect(json).toMatchObject({
      organizationId: 'second',
      role: 'OWNER',
      authenticatedAt: first.json.authenticatedAt,
    });
  });
});

describe('a second factor', () => {
  /** The code that an app shows, now or some steps of half a minute later. */
  const codeAt = (secret: string, steps: number) =>
    generate({ secret, epoch: Math.floor(Date.now() / 1000) + steps * 30 });
  const withCode = (email: string, otp: string, password = PASSWORD) => signIn(api, email, password, otp);

  async function setUp(email: string): Promise<{ browser: TestBrowser; secret: string; codes: string[] }> {
    await makeMember(store, email, 'VIEWER', { password: PASSWORD });
    const before = browserOf(api, await signIn(api, email));
    const begun = await before.ask('POST', '/me/second-factor', { currentPassword: PASSWORD });
    const { secret } = begun.json;
    const otp = await codeAt(secret, 0);
    const confirmed = await before.ask('POST', '/me/second-factor/confirm', { otp });
    expect(confirmed.status).toBe(200);
    expect((await before.ask('GET', '/session')).status).toBe(401);
    return { browser: browserOf(api, confirmed), secret, codes: confirmed.json.recoveryCodes };
  }

  test('is asked for only after the right password, and each code of it works once', async () => {
    const { secret } = await setUp('factor@example.com');
    const wrong = await signIn(api, 'factor@example.com', 'wrong');
    const unknown = await signIn(api, 'nobody@example.com', 'wrong');
    expect([wrong.status, wrong.text]).toEqual([401, unknown.text]);
    const asked = await signIn(api, 'factor@example.com');
    expect([asked.status, asked.json.failure]).toEqual([401, 'second-factor-required']);
    expect(asked.headers['set-cookie']).toBeUndefined();
    const otp = await codeAt(secret, 1);
    const all = await Promise.all([1, 2].map(() => withCode('factor@example.com', otp)));
    expect(all.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(all.filter(({ status }) => status === 401)).toHaveLength(1);
    for (const steps of [1, 0, -3, 3]) {
      const { status, json } = await withCode('factor@example.com', await codeAt(secret, steps));
      expect([steps, status, json.failure]).toEqual([steps, 401, 'unauthenticated']);
    }
  });

  test('counts wrong codes like wrong passwords; the password alone is no attempt, and a new one forgets none', async () => {
    const { secret, browser } = await setUp('counted@example.com');
    const failed = async () =>
      (
        await store.read<{ failed_sign_ins: number }>(
          "SELECT failed_sign_ins FROM vedette_users WHERE email_key = 'counted@example.com'",
        )
      )[0]?.failed_sign_ins;
    await signIn(api, 'counted@example.com');
    expect(await failed()).toBe(0);
    await withCode('counted@example.com', '000000');
    await signIn(api, 'counted@example.com');
    expect(await failed()).toBe(1);
    const password = 'seven wooden windmills turn';
    const changed = await browser.ask('PUT', '/me/password', { currentPassword: PASSWORD, password });
    expect([changed.status, await failed()]).toEqual([204, 1]);
    await store.session((session) =>
      session.execute(
        "UPDATE vedette_users SET failed_sign_ins = 20 WHERE email_key = 'counted@example.com'",
        [],
      ),
    );
    await withCode('counted@example.com', '000000', password);
    const right = await withCode('counted@example.com', await codeAt(secret, 1), password);
    expect([right.status, right.json.detail]).toEqual([401, expect.stringContaining('too many attempts')]);
  });

  test('is stood in for by recovery codes, each once', async () => {
    const { browser, codes } = await setUp('recovery@example.com');
    expect(new Set(codes).size).toBe(10);
    const [first = '', second = ''] = codes;
    expect((await withCode('recovery@example.com', first)).status).toBe(200);
    expect((await withCode('recovery@example.com', first)).status).toBe(401);
    expect((await withCode('recovery@example.com', ` ${second.toUpperCase()}`)).status).toBe(200);
    const { json } = await browser.ask('GET', '/me/second-factor');
    expect(json).toEqual({ since: expect.any(String), recoveryCodesLeft: 8 });
    await setUp('another@example.com');
    expect((await withCode('another@example.com', codes[2] ?? '')).status).toBe(401);
  });

  test('is kept encrypted, for its person alone, and with one key', async () => {
    const { secret, codes } = await setUp('kept@example.com');
    const rows = JSON.stringify(await store.read('SELECT * FROM vedette_factors'));
    expect(rows).not.toContain(secret);
    expect(rows).not.toContain(codes[0]);
    const vault = { store, config: database.config };
    const sealed = await seal(vault, secret, 'user 1');
    expect(sealed).not.toBe(await seal(vault, secret, 'user 1'));
    expect(await unseal(vault, sealed, 'user 1')).toBe(secret);
    const changed = { ...vault.config.api, encryptionKey: 'another key of at least 32 characters' };
    const other = { store, config: { ...vault.config, api: changed } };
    await expect(unseal(vault, sealed, 'user 2')).rejects.toMatchObject({ type: 'config-invalid' });
    await expect(unseal(other, sealed, 'user 1')).rejects.toMatchObject({ type: 'config-invalid' });
    const several = { store: { ...store, dialect: 'mysql' as const }, config: vault.config };
    await expect(seal(several, secret, 'user 1')).rejects.toMatchObject({ type: 'usage' });
    expect((await stat(join(database.config.general.home, 'encryption.key'))).mode & 0o777).toBe(0o600);
  });

  test('is begun and removed by the password, and removed by its code; a short password cannot stay', async () => {
    const { browser, codes } = await setUp('short@example.com');
    const begin = await browser.ask('POST', '/me/second-factor', { currentPassword: 'wrong' });
    expect(begin.status).toBe(403);
    expect((await browser.ask('POST', '/me/second-factor', { currentPassword: PASSWORD })).status).toBe(400);
    const short = 'plinth7quay';
    const changed = await browser.ask('PUT', '/me/password', { currentPassword: PASSWORD, password: short });
    expect(changed.status).toBe(204);
    const now = browserOf(api, changed);
    const remove = (currentPassword: string, otp = '') =>
      now.ask('POST', '/me/second-factor/remove', { currentPassword, otp });
    expect((await remove(short)).status).toBe(400);
    expect((await remove(short, '000000')).status).toBe(403);
    expect((await remove('wrong', codes[0])).status).toBe(403);
    const refused = await remove(short, codes[0]);
    expect([refused.status, refused.json.detail]).toEqual([400, expect.stringContaining('too short')]);
    const long = await now.ask('PUT', '/me/password', { currentPassword: short, password: PASSWORD });
    const last = browserOf(api, long);
    const removed = await last.ask('POST', '/me/second-factor/remove', {
      currentPassword: PASSWORD,
      otp: codes[1],
    });
    expect(removed.status).toBe(204);
    expect((await browserOf(api, removed).ask('GET', '/me/second-factor')).json).toEqual({
      since: null,
      recoveryCodesLeft: 0,
    });
    expect((await signIn(api, 'short@example.com')).status).toBe(200);
  });

  test('is asked for when an invitation is accepted', async () => {
    const { codes } = await setUp('invited@example.com');
    const link = await api.ask('other', 'POST', '/teams/invites', { email: 'invited@example.com' });
    const code = String(link.json.link).split('#code=')[1];
    const accept = (otp: object) =>
      api.ask(null, 'POST', '/invites/accept', { code, password: PASSWORD, ...otp });
    expect((await accept({})).json.failure).toBe('second-factor-required');
    expect((await accept({ otp: '000000' })).status).toBe(401);
    expect((await accept({ otp: codes[0] })).status).toBe(204);
  });
});

describe('invitations', () => {
  const inviteAs = (who: 'admin' | 'operate', body: unknown) => api.ask(who, 'POST', '/teams/invites', body);
  const codeOf = (answer: Answer) => String(answer.json.link).split('#code=')[1] ?? '';
  const accept = (body: Record<string, string>) => api.ask(null, 'POST', '/invites/accept', body);

  test('are made by admins, never stored or listed with their secret, and end the one before', async () => {
    expect((await inviteAs('operate', { email: 'x@example.com' })).status).toBe(403);
    expect((await inviteAs('admin', { email: 'no address' })).status).toBe(400);
    expect((await inviteAs('admin', { email: 'x@example.com', role: 'OWNER' })).status).toBe(403);
    const known = await inviteAs('admin', { email: 'Owner@example.com' });
    expect([known.status, known.json.detail]).toEqual([400, expect.stringContaining('already')]);

    const [first, second] = [
      await inviteAs('admin', { email: 'again@example.com' }),
      await inviteAs('admin', { email: 'Again@example.com', role: 'VIEWER' }),
    ];
    expect(first.json).toMatchObject({ role: 'MEMBER', sentAt: null });
    const listed = await api.get('/teams/invites', 'admin');
    expect(listed.json.invites).toMatchObject([{ email: 'Again@example.com', role: 'VIEWER' }]);
    expect(listed.text).not.toContain('vdi_');
    expect(JSON.stringify(await store.read('SELECT * FROM vedette_invitations'))).not.toContain('vdi_');
    expect((await api.ask(null, 'POST', '/invites/show', { code: codeOf(first) })).status).toBe(404);
    expect((await api.ask(null, 'POST', '/invites/show', { code: codeOf(second) })).json).toMatchObject({
      organizationId: 'default',
      email: 'Again@example.com',
      hasPassword: false,
    });
    const resent = await api.ask('admin', 'POST', `/teams/invites/${second.json.id}/resend`);
    expect((await api.ask(null, 'POST', '/invites/show', { code: codeOf(second) })).status).toBe(404);
    const { id } = resent.json;
    expect((await api.ask('other', 'DELETE', `/teams/invites/${id}`)).status).toBe(404);
    expect((await api.ask('admin', 'DELETE', `/teams/invites/${id}`)).status).toBe(204);
    expect((await accept({ code: codeOf(resent), name: 'x', password: PASSWORD })).status).toBe(404);
  });

  test('are refused by a plan without room for them, in the documented words', async () => {
    const plans = createDatabase('sqlite');
    const sold = await plans.open();
    const selling = await createApi({ config: { ...plans.config, plans: { enabled: true } }, store: sold });
    const inviting = (email: string) => selling.ask('admin', 'POST', '/teams/invites', { email });
    try {
      expect(await inviting('b@example.com')).toMatchObject({
        status: 403,
        json: {
          failure: 'plan-required',
          detail:
            'Team member invitations require Individual tier (£29/mo) or higher. Collaborate with your team by upgrading.',
        },
      });
      await setPlan(sold, plans.config, 'default', { tier: 'INDIVIDUAL', memberLimit: 1 });
      const invited = await inviting('b@example.com');
      expect(invited.status).toBe(201);
      const { status, json } = await inviting('c@example.com');
      expect([status, json.failure]).toEqual([403, 'plan-limit']);
      expect(json.detail).toBe('Team member limit (1) reached. Upgrade to Pro for more team members.');
      expect((await selling.ask('admin', 'DELETE', `/teams/invites/${invited.json.id}`)).status).toBe(204);
      expect((await inviting('c@example.com')).status).toBe(201);
    } finally {
      await selling.close();
      await plans.remove();
    }
  });

  test('let somebody new in, once, with the role that was meant', async () => {
    const code = codeOf(await inviteAs('admin', { email: 'newcomer@example.com' }));
    expect((await accept({ code, name: 'New', password: 'short' })).status).toBe(400);
    const all = await Promise.all(
      [1, 2].map(() => accept({ code, name: 'New', password: 'six quiet lanterns glow' })),
    );
    expect(all.filter(({ status }) => status === 204)).toHaveLength(1);
    const done = all.find(({ status }) => status === 204) as Answer;
    const { json } = await browserOf(api, done).ask('GET', '/session');
    expect(json).toMatchObject({ role: 'MEMBER', person: { email: 'newcomer@example.com', name: 'New' } });
  });

  test('open no account that is there without its password, also one that has none yet', async () => {
    await makeMember(store, 'elsewhere@example.com', 'OWNER', {
      organizationId: 'theirs',
      password: PASSWORD,
    });
    await makeMember(store, 'waiting@example.com', 'OWNER', { organizationId: 'theirs' });
    const code = codeOf(await inviteAs('admin', { email: 'elsewhere@example.com' }));
    expect((await accept({ code, name: 'x', password: 'six quiet lanterns glow' })).status).toBe(401);
    const waiting = codeOf(await inviteAs('admin', { email: 'waiting@example.com' }));
    expect((await accept({ code: waiting, name: 'x', password: 'six quiet lanterns glow' })).status).toBe(
      403,
    );
    const accepted = await accept({ code, password: PASSWORD });
    const { json } = await browserOf(api, accepted).ask('GET', '/session');
    expect(json).toMatchObject({ organizationId: 'default', role: 'MEMBER' });
    expect(json.person.organizations).toHaveLength(2);
  });

  test('run out', async () => {
    const made = await inviteAs('admin', { email: 'late@example.com' });
    const before = sqlTime(new Date(Date.now() - 1000));
    await store.session((session) =>
      session.execute('UPDATE vedette_invitations SET expires_at = ? WHERE id = ?', [before, made.json.id]),
    );
    expect((await accept({ code: codeOf(made), name: 'x', password: PASSWORD })).status).toBe(404);
    expect((await api.get('/teams/invites', 'admin')).text).not.toContain('late@example.com');
    expect((await inviteAs('admin', { email: 'late@example.com' })).status).toBe(201);
  });
});

test('passwords and codes are nowhere in the audit log', async () => {
  const { text, json } = await api.get('/audit?limit=500', 'admin');
  expect(json.entries.some(({ userId }: { userId: number | null }) => userId === owner)).toBe(true);
  expect(text).not.toMatch(/windmills|battery|lanterns|plinth7|otpauth|vdc_|vds_|vdi_/);
});
