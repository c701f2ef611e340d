import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Credential } from '../../../src/model/credential.ts';
import {
  createLink,
  createToken,
  endOf,
  endSession,
  findCredential,
  hasToken,
  listTokens,
  noteUse,
  openSession,
  redeemLink,
  revokeToken,
} from '../../../src/store/access/credentials.ts';
import type { Store } from '../../../src/store/database/store.ts';
import { sqlTime } from '../../../src/store/database/values.ts';
import { createDatabase, DATABASES } from '../../support/stores.ts';
import type { TestDatabase } from '../../support/stores.ts';

const HOUR_MS = 3_600_000;
const ago = (hours: number) => new Date(Date.now() - hours * HOUR_MS);
const ahead = (hours: number) => new Date(Date.now() + hours * HOUR_MS).toISOString();
const mine = { name: 'mine', createdBy: 'me', scope: 'operate' } as const;

describe.each(DATABASES)('credentials in %s', (kind) => {
  let database: TestDatabase;
  let store: Store;

  beforeAll(async () => {
    database = createDatabase(kind);
    store = await database.open();
  });
  afterAll(() => database.remove());

  const token = (expiresAt: string | null = null, organizationId = 'default') =>
    createToken(store, organizationId, { ...mine, expiresAt });
  const set = (column: string, at: Date, { id }: Credential) =>
    store.session((session) =>
      session.execute(`UPDATE vedette_credentials SET ${column} = ? WHERE id = ?`, [sqlTime(at), id]),
    );

  test('are found by their secret, which is stored nowhere', async () => {
    const { secret, ...made } = await token();
    expect(secret).toMatch(/^vdt_[\w-]{49}$/);
    expect(await findCredential(store, 'token', secret)).toEqual(made);
    const stored = JSON.stringify(await store.read('SELECT * FROM vedette_credentials'));
    for (let start = 0; start + 8 <= secret.length; start += 8)
      expect(stored).not.toContain(secret.slice(start, start + 8));
  });

  test('are not found by what is nearly their secret, or as another kind', async () => {
    const { secret } = await token();
    const last = secret.at(-1) === 'A' ? 'B' : 'A';
    for (const wrong of [
      '',
      'vdt_',
      secret.slice(0, -1),
      secret.slice(0, -1) + last,
      `${secret} `,
      secret.toUpperCase(),
    ])
      expect(await findCredential(store, 'token', wrong)).toBeUndefined();
    expect(await findCredential(store, 'session', secret)).toBeUndefined();
    await expect(redeemLink(store, secret)).rejects.toMatchObject({ type: 'unauthenticated' });
  });

  test('end at their time, and when they are revoked, each by its own organisation', async () => {
    const short = await token(ahead(1));
    expect(await findCredential(store, 'token', short.secret)).toBeDefined();
    await set('expires_at', ago(0), short);
    expect(await findCredential(store, 'token', short.secret)).toBeUndefined();

    const theirs = await token(null, 'theirs');
    await expect(revokeToken(store, 'default', theirs.id)).rejects.toMatchObject({ type: 'not-found' });
    expect(await findCredential(store, 'token', theirs.secret)).toBeDefined();
    expect((await listTokens(store, 'theirs')).map(({ id }) => id)).toEqual([theirs.id]);
    expect(await hasToken(store, 'theirs')).toBe(true);
    await revokeToken(store, 'theirs', theirs.id);
    await revokeToken(store, 'theirs', theirs.id);
    expect(await findCredential(store, 'token', theirs.secret)).toBeUndefined();
    expect(await hasToken(store, 'theirs')).toBe(false);
  });

  test('of links are good for one of all who come with them', async () => {
    const { secret } = await createLink(store, 'default', mine);
    const other = await database.open();
    const tries = Array.from({ length: 20 }, (_, index) =>
      redeemLink(index % 2 === 0 ? store : other, secret),
    );
    const won = (await Promise.allSettled(tries)).filter(({ status }) => status === 'fulfilled');
    expect(won).toHaveLength(1);
    await expect(redeemLink(store, secret)).rejects.toMatchObject({ type: 'unauthenticated' });
  });

  test('of links run out', async () => {
    const link = await createLink(store, 'default', mine);
    expect(Date.parse(link.expiresAt ?? '') - Date.now()).toBeLessThanOrEqual(15 * 60_000);
    await set('expires_at', ago(0), link);
    await expect(redeemLink(store, link.secret)).rejects.toMatchObject({ type: 'unauthenticated' });
  });

  test('of sessions end twelve idle hours later, after a week, or when somebody signs out', async () => {
    const { secret, ...session } = await redeemLink(store, (await createLink(store, 'default', mine)).secret);
    expect(session).toMatchObject({ kind: 'session', name: 'mine', scope: 'operate' });
    const idleMs = Date.parse(endOf(session) ?? '') - Date.now();
    expect(idleMs / HOUR_MS).toBeCloseTo(12, 1);
    expect((Date.parse(session.expiresAt ?? '') - Date.now()) / HOUR_MS).toBeCloseTo(7 * 24, 1);

    await set('last_used_at', ago(11.9), session);
    expect(await findCredential(store, 'session', secret)).toBeDefined();
    await set('last_used_at', ago(12.1), session);
    expect(await findCredential(store, 'session', secret)).toBeUndefined();
    await set('last_used_at', ago(0), session);
    expect(await findCredential(store, 'session', secret)).toBeDefined();
    await endSession(store, session);
    expect(await findCredential(store, 'session', secret)).toBeUndefined();
  });

  test('of sessions end with the token that they came from, and no others', async () => {
    const [first, second] = [await token(ahead(2)), await token()];
    const sessions = [await openSession(store, first), await openSession(store, second)];
    expect(sessions[0]?.expiresAt).toBe(first.expiresAt);
    await revokeToken(store, 'default', first.id);
    const found = await Promise.all(sessions.map(({ secret }) => findCredential(store, 'session', secret)));
    expect(found.map((session) => session?.id)).toEqual([undefined, sessions[1]?.id]);
  });

  test('note their last use once a minute', async () => {
    const { secret, ...made } = await token();
    const lastUse = async () => (await findCredential(store, 'token', secret))?.lastUsedAt ?? null;
    await noteUse(store, made);
    const first = await lastUse();
    expect(first).not.toBeNull();
    await noteUse(store, made);
    expect(await lastUse()).toBe(first);
    await set('last_used_at', ago(1), made);
    await noteUse(store, { ...made, lastUsedAt: ago(1).toISOString() });
    expect(Date.now() - Date.parse((await lastUse()) ?? '')).toBeLessThan(60_000);
  });
});
