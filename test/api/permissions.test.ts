import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { SCOPES } from '../../src/model/access.ts';
import type { Scope } from '../../src/model/access.ts';
import { ACTIONS, isFresh, NEEDS, PERMISSIONS, refusal, ROLES } from '../../src/model/permissions.ts';
import type { Action, Role } from '../../src/model/permissions.ts';
import { createToken, openPersonSession } from '../../src/store/access/credentials.ts';
import { transaction } from '../../src/store/database/store.ts';
import type { Store } from '../../src/store/database/store.ts';
import { sqlTime } from '../../src/store/database/values.ts';
import { addMember, lockMembers } from '../../src/store/people/members.ts';
import { ensureUser } from '../../src/store/people/users.ts';
import { createApi } from '../support/api.ts';
import type { Answer, TestApi } from '../support/api.ts';
import { documentedOperations } from '../support/operations.ts';
import { createDatabase } from '../support/stores.ts';
import type { TestDatabase } from '../support/stores.ts';

/** The table as it was decided: which roles may do what, and with which scope or session. */
const DECIDED: Readonly<Record<Action, readonly [roles: string, needs: string]>> = {
  look: ['OWNER ADMIN MEMBER VIEWER', 'read'],
  run: ['OWNER ADMIN MEMBER', 'operate'],
  suppress: ['OWNER ADMIN MEMBER', 'operate'],
  correct: ['OWNER ADMIN MEMBER', 'operate'],
  configure: ['OWNER ADMIN', 'admin'],
  'manage-access': ['OWNER ADMIN', 'admin'],
  'manage-people': ['OWNER ADMIN', 'admin'],
  'own-account': ['OWNER ADMIN MEMBER VIEWER', 'session'],
  govern: ['OWNER', 'fresh session'],
};

test('the table is the decided one', () => {
  const table = ACTIONS.map((action) => [
    action,
    [ROLES.filter((role) => PERMISSIONS[action][role]).join(' '), NEEDS[action]],
  ]);
  expect(Object.fromEntries(table)).toEqual(DECIDED);
});

test('what belongs to nobody may what its scope allows, and only an admin’s fresh link counts as an owner', () => {
  const at = '2026-11-27T12:00:00.000Z';
  const holder = { scope: 'admin', role: null, method: 'link', authenticatedAt: at } as const;
  expect(isFresh(holder, Date.parse(at) + 15 * 60_000)).toBe(true);
  expect(isFresh(holder, Date.parse(at) + 16 * 60_000)).toBe(false);
  expect(isFresh({ ...holder, method: 'token' }, Date.parse(at))).toBe(false);
  expect(refusal('govern', holder, true)).toBeNull();
  expect(refusal('govern', holder, false)).toContain('15 minutes');
  expect(refusal('govern', { ...holder, scope: 'operate' }, true)).toContain('owner');
  expect(refusal('govern', { ...holder, method: 'token' }, true)).toContain('owner');
  expect(refusal('govern', { ...holder, method: null }, true)).toContain('owner');
  expect(refusal('own-account', holder, true)).toContain('person');
  expect(refusal('manage-people', { ...holder, method: null }, true)).toBeNull();
});

let database: TestDatabase;
let store: Store;
let api: TestApi;
const users: Partial<Record<Role, number>> = {};

beforeAll(async () => {
  database = createDatabase('sqlite');
  store = await database.open();
  const { config } = database;
  // More is asked than one address may.
  const unlimited = { ...config.api, requestsPerMinute: 1_000_000 };
  api = await createApi({ config: { ...config, api: unlimited }, store });
  for (const role of ROLES) {
    await transaction(store, async (session) => {
      await lockMembers(store, session, 'default');
      const { id } = await ensureUser(session, { email: `${role}@example.com`, name: role });
      await addMember(session, 'default', { userId: id, role, origin: 'manual', by: 'a test' });
      users[role] = id;
    });
  }
});
afterAll(async () => {
  await api?.close();
  await database?.remove();
});

interface Credentials {
  role: Role;
  /** Of a token, else of a browser. */
  scope: Scope | null;
  fresh: boolean;
  headers: Readonly<Record<string, string>>;
}

async function browserOf(
  role: Role,
  fresh: boolean,
  method: 'password' | 'token' = 'password',
): Promise<Credentials> {
  const person = { userId: users[role] as number, email: `${role}@example.com`, method };
  const { id, secret } = await transaction(store, (session) => openPersonSession(session, 'default', person));
  if (!fresh) {
    const before = sqlTime(new Date(Date.now() - 16 * 60_000));
    await store.session((session) =>
      session.execute('UPDATE vedette_credentials SET authenticated_at = ? WHERE id = ?', [before, id]),
    );
  }
  const cookie = `vedette_session_${new URL(api.url).port}=${secret}`;
  const { json } = await api.ask(null, 'GET', '/session', undefined, { cookie });
  return { role, scope: null, fresh, headers: { cookie, 'x-csrf-token': json.csrfToken as string } };
}

async function tokenOf(role: Role, scope: Scope): Promise<Credentials> {
  const token = {
    name: 'of a person',
    scope,
    createdBy: role,
    expiresAt: null,
    userId: users[role] as number,
  };
  const { secret } = await createToken(store, 'default', token);
  return { role, scope, fresh: false, headers: { authorization: `Bearer ${secret}` } };
}

/** By the decided table alone. */
function isAllowed(action: Action, { role, scope, fresh }: Credentials): boolean {
  const [roles, needs] = DECIDED[action];
  if (!roles.split(' ').includes(role)) return false;
  if (needs === 'session') return scope === null;
  if (needs === 'fresh session') return scope === null && fresh;
  return scope === null || SCOPES.indexOf(scope) >= SCOPES.indexOf(needs as Scope);
}

const path = (template: string) => template.replaceAll(/\{\w+\}/g, '4711');
/** What a route refuses by itself is told apart by its words. */
const wasRefused = ({ status, json }: Answer) =>
  status === 403 && /^This needs (the|a person|an owner|somebody)/.test(json.detail as string);

describe('every operation', () => {
  test.each(ROLES)(
    'as %s with each scope, and in a browser',
    async (role) => {
      const wrong: string[] = [];
      let [refused, passed] = [0, 0];
      const operations = documentedOperations(api.app).filter(
        // It would end the browser with which the others are asked.
        ({ access, id }) => access !== 'anyone' && id !== 'signOut',
      );
      const all = [
        ...(await Promise.all(SCOPES.map((scope) => tokenOf(role, scope)))),
        await browserOf(role, true),
        await browserOf(role, false),
        // It holds no more than the token that opened it.
        { ...(await browserOf(role, true, 'token')), scope: 'admin' as const },
      ];
      for (const { id, method, path: template, access, body } of operations) {
        const action = access as Action;
        for (const who of all) {
          // What is allowed and changes something is tried with what cannot be valid: only who is let in matters.
          const sent = isAllowed(action, who) && method !== 'GET' ? { 'not known': true } : body;
          const answer = await api.ask(null, method, path(template), sent, who.headers);
          const expected = !isAllowed(action, who);
          if (wasRefused(answer) !== expected || answer.status === 401) {
            wrong.push(`${id} as ${role} ${who.scope ?? 'browser'}: ${answer.status} ${answer.text}`);
          }
          if (expected) refused += 1;
          else passed += 1;
        }
      }
      expect(wrong).toEqual([]);
      expect(passed).toBeGreaterThan(50);
      expect(refused).toBeGreaterThan(20);
    },
    60_000,
  );
});
