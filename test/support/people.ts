import type { Role } from '../../src/model/permissions.ts';
import { hashPassword } from '../../src/people/passwords.ts';
import { transaction } from '../../src/store/database/store.ts';
import type { Store } from '../../src/store/database/store.ts';
import { addMember, lockMembers } from '../../src/store/people/members.ts';
import { ensureUser, setPasswordHash } from '../../src/store/people/users.ts';
import type { Answer, TestApi } from './api.ts';

export const PASSWORD = 'correct horse battery staple';

/** A member of an organisation, with a password where one is given; gives their id. */
export async function makeMember(
  store: Store,
  email: string,
  role: Role,
  { organizationId = 'default', password }: { organizationId?: string; password?: string } = {},
): Promise<number> {
  const hash = password === undefined ? undefined : await hashOf(password);
  return transaction(store, async (session) => {
    await lockMembers(store, session, organizationId);
    const { id: userId } = await ensureUser(session, { email, name: email });
    await addMember(session, organizationId, { userId, role, origin: 'manual', by: 'a test' });
    if (hash !== undefined) await setPasswordHash(session, userId, hash);
    return userId;
  });
}

const hashes = new Map<string, Promise<string>>();

/** Worked out once for each, for it takes long. */
function hashOf(password: string): Promise<string> {
  const known = hashes.get(password) ?? hashPassword(password);
  hashes.set(password, known);
  return known;
}

export interface TestBrowser {
  cookie: string;
  ask(method: string, path: string, body?: unknown): Promise<Answer>;
}

/** What a browser does with the answer that signed it in, or gave it another secret. */
export function browserOf(api: TestApi, answer: Answer): TestBrowser {
  return withCookie(api, String(answer.headers['set-cookie']).split(';')[0] ?? '');
}

/** A browser with a session that was opened past the API. */
export function cookieBrowser(api: TestApi, secret: string): TestBrowser {
  return withCookie(api, `vedette_session_${new URL(api.url).port}=${secret}`);
}

function withCookie(api: TestApi, cookie: string): TestBrowser {
  return {
    cookie,
    async ask(method, path, body) {
      const { json } = await api.ask(null, 'GET', '/session', undefined, { cookie });
      const headers = { cookie, 'x-csrf-token': String(json?.csrfToken) };
      return api.ask(null, method, path, body, headers);
    },
  };
}

/** Each from another address, so that not the limit of one address answers: `config` trusts the proxy that says so. */
export function signIn(api: TestApi, email: string, password = PASSWORD, otp?: string): Promise<Answer> {
  clients += 1;
  const headers = { 'x-forwarded-for': `198.51.100.${clients % 250}` };
  return api.ask(
    null,
    'POST',
    '/session',
    { email, password, ...(otp === undefined ? {} : { otp }) },
    headers,
  );
}

let clients = 0;
