import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { removePasskey } from '../../../src/people/passkeys.ts';
import { unlinkIdentity } from '../../../src/people/provider-sign-in.ts';
import { createToken, findCredential, openPersonSession } from '../../../src/store/access/credentials.ts';
import { transaction } from '../../../src/store/database/store.ts';
import type { Session, Store } from '../../../src/store/database/store.ts';
import {
  beginAttempt,
  delayAfter,
  endAttempts,
  takeBackAttempt,
} from '../../../src/store/people/attempts.ts';
import { createCode, useCode } from '../../../src/store/people/codes.ts';
import {
  beginFactorOf,
  confirmFactorOf,
  countRecoveryCodes,
  findBegunFactor,
  findFactor,
  useRecoveryCode,
  useStep,
} from '../../../src/store/people/factors.ts';
import { addIdentity, identitiesOf } from '../../../src/store/people/identities.ts';
import { changeRole, listMembers, removeMember, setDisabled } from '../../../src/store/people/members.ts';
import { addPasskeyOf, passkeysOf } from '../../../src/store/people/passkeys.ts';
import { beginSignInOf, takeSignIn } from '../../../src/store/people/sign-ins.ts';
import { reading, setPasswordHash } from '../../../src/store/people/users.ts';
import { makeMember } from '../../support/people.ts';
import { createDatabase, DATABASES } from '../../support/stores.ts';
import type { TestDatabase } from '../../support/stores.ts';

const anybody = { mayTouch: () => undefined };

describe.each(DATABASES)('people in %s', (kind) => {
  let database: TestDatabase;
  let store: Store;

  beforeAll(async () => {
    database = createDatabase(kind);
    store = await database.open();
  });
  afterAll(() => database?.remove());

  const ownersOf = async (organizationId: string) =>
    (await listMembers(store, organizationId)).filter(({ role }) => role === 'OWNER').length;

  test('of two owners who step down at the same moment one stays', async () => {
    for (const [round, second] of ['change', 'remove', 'disable'].entries()) {
      const organizationId = `race ${round}`;
      const [one, other] = await Promise.all(
        ['one', 'other'].map((name) =>
          makeMember(store, `${name}-${round}@example.com`, 'OWNER', { organizationId }),
        ),
      );
      const steps = {
        change: () => changeRole(store, organizationId, other ?? 0, { role: 'VIEWER', ...anybody }),
        remove: () => removeMember(store, organizationId, other ?? 0, anybody),
        disable: () => setDisabled(store, other ?? 0, true),
      } as const;
      const results = await Promise.allSettled([
        changeRole(store, organizationId, one ?? 0, { role: 'MEMBER', ...anybody }),
        steps[second as keyof typeof steps](),
      ]);
      expect(results.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
      const active = (await listMembers(store, organizationId)).filter(
        ({ role, disabledAt }) => role === 'OWNER' && disabledAt === null,
      );
      expect(active).toHaveLength(1);
    }
  });

  test('a second factor is confirmed once, and each code and recovery code of it is used once, by its person', async () => {
    const userId = await makeMember(store, 'factor@example.com', 'VIEWER');
    const other = await makeMember(store, 'no-factor@example.com', 'VIEWER');
    const query = reading(store);
    const hashes = ['a', 'b'].map((letter) => letter.repeat(64));
    const [first = '', second = ''] = hashes;
    await transaction(store, (session) => beginFactorOf(session, userId, 'before'));
    await transaction(store, (session) => beginFactorOf(session, userId, 'sealed'));
    expect(await findFactor(query, userId)).toBeUndefined();
    const begun = await findBegunFactor(query, userId);
    expect(begun?.secret).toBe('sealed');
    const id = begun?.id ?? 0;
    const atOnce = (work: (session: Session) => Promise<boolean>) =>
      Promise.all([1, 2].map(() => transaction(store, work)));
    const confirming = { id, step: 100, recoveryHashes: hashes };
    const confirmed = await atOnce((session) => confirmFactorOf(session, userId, confirming));
    expect(confirmed.filter(Boolean)).toHaveLength(1);
    expect((await findFactor(query, userId))?.id).toBe(id);
    const used = (step: number) => transaction(store, (session) => useStep(session, id, step));
    expect([await used(99), await used(100)]).toEqual([false, false]);
    expect((await atOnce((session) => useStep(session, id, 101))).filter(Boolean)).toHaveLength(1);
    expect(await transaction(store, (session) => useRecoveryCode(session, other, first))).toBe(false);
    const recovered = await atOnce((session) => useRecoveryCode(session, userId, first));
    expect(recovered.filter(Boolean)).toHaveLength(1);
    expect(await countRecoveryCodes(query, userId)).toBe(1);
    expect(await transaction(store, (session) => useRecoveryCode(session, userId, second))).toBe(true);
  });

  test('an attempt is taken back, but not when others came since', async () => {
    await makeMember(store, 'taken-back@example.com', 'VIEWER');
    const begin = async () => {
      const attempt = await beginAttempt(store, 'taken-back@example.com');
      if (attempt === undefined) throw new Error('It has to wait.');
      return attempt;
    };
    const first = await begin();
    await transaction(store, (session) => takeBackAttempt(session, first));
    const second = await begin();
    expect(second.failed).toBe(1);
    await begin();
    await transaction(store, (session) => takeBackAttempt(session, second));
    expect((await begin()).failed).toBe(3);
  });

  test('the last owner cannot be demoted, removed or disabled, and a disabled one does not count', async () => {
    const organizationId = 'alone';
    const [owner, disabled] = await Promise.all([
      makeMember(store, 'owner@example.com', 'OWNER', { organizationId }),
      makeMember(store, 'gone@example.com', 'OWNER', { organizationId }),
    ]);
    await setDisabled(store, disabled, true);
    const refused = expect.objectContaining({ type: 'usage' });
    await expect(changeRole(store, organizationId, owner, { role: 'ADMIN', ...anybody })).rejects.toEqual(
      refused,
    );
    await expect(removeMember(store, organizationId, owner, anybody)).rejects.toEqual(refused);
    await expect(setDisabled(store, owner, true)).rejects.toEqual(refused);
    expect(await ownersOf(organizationId)).toBe(2);
    await setDisabled(store, disabled, false);
    await removeMember(store, organizationId, owner, anybody);
    expect(await ownersOf(organizationId)).toBe(1);
  });

  test('sessions and tokens follow what the person is now, and end with the membership', async () => {
    const organizationId = 'follows';
    await makeMember(store, 'boss@example.com', 'OWNER', { organizationId });
    const userId = await makeMember(store, 'jane@example.com', 'ADMIN', { organizationId });
    const open = () =>
      transaction(store, (session) =>
        openPersonSession(session, organizationId, { userId, email: 'jane@example.com', method: 'password' }),
      );
    const session = await open();
    const token = await createToken(store, organizationId, {
      name: 'script',
      scope: 'admin',
      createdBy: 'jane',
      expiresAt: null,
      userId,
    });
    expect(await findCredential(store, 'session', session.secret)).toMatchObject({ role: 'ADMIN', userId });
    await changeRole(store, organizationId, userId, { role: 'VIEWER', ...anybody });
    expect(await findCredential(store, 'session', session.secret)).toBeUndefined();
    expect(await findCredential(store, 'token', token.secret)).toMatchObject({ role: 'VIEWER' });
    const later = await open();
    await setDisabled(store, userId, true);
    expect(await findCredential(store, 'session', later.secret)).toBeUndefined();
    expect(await findCredential(store, 'token', token.secret)).toBeUndefined();
    await setDisabled(store, userId, false);
    expect(await findCredential(store, 'token', token.secret)).toMatchObject({ role: 'VIEWER' });
    await removeMember(store, organizationId, userId, anybody);
    expect(await findCredential(store, 'token', token.secret)).toBeUndefined();
  });

  test('nobody is a member of what they are not, by any id', async () => {
    const userId = await makeMember(store, 'theirs@example.com', 'OWNER', { organizationId: 'theirs' });
    const unknown = expect.objectContaining({ type: 'not-found' });
    await expect(removeMember(store, 'alone', userId, anybody)).rejects.toEqual(unknown);
    await expect(changeRole(store, 'alone', userId, { role: 'OWNER', ...anybody })).rejects.toEqual(unknown);
  });

  test('an address is one person, however it is transaction', async () => {
    const small = await makeMember(store, 'case@example.com', 'VIEWER', { organizationId: 'one' });
    const large = await makeMember(store, 'CASE@Example.com', 'VIEWER', { organizationId: 'other' });
    expect(large).toBe(small);
  });

  test('attempts are counted before they are judged, also many at once', async () => {
    const organizationId = 'attempts';
    const userId = await makeMember(store, 'slow@example.com', 'VIEWER', { organizationId });
    const all = await Promise.all(Array.from({ length: 12 }, () => beginAttempt(store, 'slow@example.com')));
    expect(all.filter((attempt) => attempt !== undefined)).toHaveLength(5);
    expect(await beginAttempt(store, 'nobody@example.com')).toBeUndefined();
    const passwordHash = 'the first';
    await transaction(store, (session) => setPasswordHash(session, userId, passwordHash));
    await beginAttempt(store, 'slow@example.com');
    const end = () => transaction(store, (session) => endAttempts(session, { userId, passwordHash }));
    expect([await end(), await end()]).toEqual([true, true]);
    await transaction(store, (session) => setPasswordHash(session, userId, 'another'));
    expect(await end()).toBe(false);
    expect(await beginAttempt(store, 'SLOW@example.com')).toMatchObject({ userId });
  });

  test('a code works once, for what it is', async () => {
    const userId = await makeMember(store, 'code@example.com', 'VIEWER', { organizationId: 'codes' });
    const make = () =>
      transaction(store, (session) => createCode(session, { userId, kind: 'password', email: null }));
    const use = (code: string, of: 'password' | 'verify' = 'password') =>
      transaction(store, (session) => useCode(session, [of], code));
    const [before, code] = [await make(), await make()];
    const refused = expect.objectContaining({ type: 'unauthenticated' });
    await expect(use(before)).rejects.toEqual(refused);
    await expect(use(code, 'verify')).rejects.toEqual(refused);
    await expect(use(`${code.slice(0, -1)}!`)).rejects.toEqual(refused);
    const results = await Promise.allSettled([use(code), use(code)]);
    expect(results.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    const stored = JSON.stringify(await store.read('SELECT * FROM vedette_user_codes'));
    expect(stored).not.toContain(code.slice(0, 20));
  });

  test('a sign-in under way is taken once, by the browser that began it', async () => {
    const begun = { provider: 'one', nonce: 'n', codeVerifier: '', returnTo: '/', userId: null } as const;
    const state = await transaction(store, (session) =>
      beginSignInOf(session, 'a browser', { ...begun, purpose: 'sign-in' }),
    );
    const take = (browser: string) => transaction(store, (session) => takeSignIn(session, browser, state));
    expect(await take('another one')).toBeUndefined();
    const taken = await Promise.all([take('a browser'), take('a browser')]);
    expect(taken.filter((one) => one !== undefined)).toMatchObject([{ ...begun, purpose: 'sign-in' }]);
    expect(JSON.stringify(await store.read('SELECT * FROM vedette_sign_ins'))).not.toContain('vdo_');
  });

  test('of two ways in that are taken away at the same moment one stays', async () => {
    const userId = await makeMember(store, 'ways@example.com', 'VIEWER', { organizationId: 'ways' });
    const key = { credentialId: 'a passkey', publicKey: 'of it' };
    const self = await transaction(store, async (session) => {
      const vouched = { issuer: 'https://one.example', subject: 'ways', email: null, emailVerified: false };
      await addIdentity(session, { userId, provider: 'one', ...vouched });
      await addPasskeyOf(session, userId, { name: 'of a test', key, counter: 2 ** 32 - 1 });
      return openPersonSession(session, 'ways', { userId, email: 'ways@example.com', method: 'passkey' });
    });
    const own = { ...self, userId };
    const vault = { store, config: database.config };
    const [identity] = await identitiesOf(reading(store), userId);
    const [passkey] = await passkeysOf(reading(store), userId);
    const results = await Promise.allSettled([
      unlinkIdentity(vault, own, identity?.id ?? 0),
      removePasskey(vault, own, passkey?.id ?? 0),
    ]);
    expect(results.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  });
});

test('the delay doubles from the fifth failure, up to a quarter of an hour', () => {
  expect([1, 4, 5, 6, 7, 14, 15, 1000].map(delayAfter)).toEqual([
    0, 0, 1000, 2000, 4000, 512_000, 900_000, 900_000,
  ]);
});
