import { VedetteError } from '../../errors.ts';
import type { Scope } from '../../model/access.ts';
import type { Credential, CredentialKind, NewCredential } from '../../model/credential.ts';
import type { Role, SignInMethod } from '../../model/permissions.ts';
import { isAmong } from '../database/statements.ts';
import { transaction } from '../database/store.ts';
import type { Session, Store } from '../database/store.ts';
import { isoTime, isoTimeOrNull, sqlTime } from '../database/values.ts';
import { recordChange } from './audit.ts';
import { isSecret, newSecret, secretHash } from './secrets.ts';

interface CredentialRow {
  id: number;
  organization_id: string;
  kind: CredentialKind;
  name: string;
  scope: Scope;
  created_at: string;
  created_by: string;
  expires_at: string | null;
  last_used_at: string | null;
  revoked_at: string | null;
  user_id: number | null;
  method: SignInMethod | null;
  authenticated_at: string | null;
  /** Of the person, now. */
  role: Role | null;
  disabled_at: string | null;
}

const COLUMNS = `c.id, c.organization_id, c.kind, c.name, c.scope, c.created_at, c.created_by, c.expires_at,
  c.last_used_at, c.revoked_at, c.user_id, c.method, c.authenticated_at, m.role, u.disabled_at`;
/** What a person may do is read with each request, so that a change holds at once. */
const FROM = `vedette_credentials c
  LEFT JOIN vedette_memberships m ON m.organization_id = c.organization_id AND m.user_id = c.user_id
  LEFT JOIN vedette_users u ON u.id = c.user_id`;
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const LINK_MS = 15 * MINUTE_MS;
const SESSION_IDLE_MS = 12 * HOUR_MS;
const SESSION_MS = 7 * 24 * HOUR_MS;
/** How often the time of the last use is written, at most. */
const USE_WRITTEN_MS = MINUTE_MS;

/** What an API token is to be. */
export interface WantedToken {
  name: string;
  scope: Scope;
  createdBy: string;
  expiresAt: string | null;
  /** Whose it is; nobody's without one. */
  userId?: number | null;
}

/** Makes an API token. */
export function createToken(
  store: Store,
  organizationId: string,
  token: WantedToken,
): Promise<NewCredential> {
  return transaction(store, (session) => createTokenIn(session, organizationId, token));
}

/** The same within a transaction. */
export function createTokenIn(
  session: Session,
  organizationId: string,
  token: WantedToken,
): Promise<NewCredential> {
  return insert(session, { organizationId, kind: 'token', ...token }, 'tokens.create');
}

/** Makes the code of a link that signs a browser in, once, within 15 minutes. */
export function createLink(
  store: Store,
  organizationId: string,
  link: { name: string; scope: Scope; createdBy: string },
): Promise<NewCredential> {
  const expiresAt = later(LINK_MS);
  return transaction(store, (session) =>
    insert(session, { organizationId, kind: 'link', expiresAt, ...link }, 'links.create'),
  );
}

/**
 * The session that a link's code leads to. Of several that come with the same code, one gets it.
 *
 * @throws VedetteError `unauthenticated`
 */
export function redeemLink(store: Store, code: string): Promise<NewCredential> {
  return transaction(store, async (session) => {
    const now = sqlTime(new Date());
    const hash = secretHash(code);
    const met = await session.execute(
      `UPDATE vedette_credentials
        SET revoked_at = ?, last_used_at = ?
        WHERE secret_sha256 = ? AND kind = 'link' AND revoked_at IS NULL AND expires_at > ?`,
      [now, now, hash, now],
    );
    const [row] = met === 1 ? await credentialRows(session.query, 'c.secret_sha256 = ?', [hash]) : [];
    if (row === undefined) {
      throw new VedetteError('unauthenticated', 'This link has been used, has run out, or never was one.', {
        remedy: 'Get a new one with vedette token link.',
      });
    }
    return sessionFrom(session, credentialOf(row));
  });
}

/**
 * A session with what the token allows; it ends with the token.
 *
 * @throws VedetteError `unauthenticated` for one that was revoked since it was found
 */
export function openSession(store: Store, token: Credential): Promise<NewCredential> {
  return transaction(store, async (session) => {
    const now = sqlTime(new Date());
    const met = await session.execute(
      `UPDATE vedette_credentials SET last_used_at = ? WHERE organization_id = ? AND id = ? AND revoked_at IS NULL`,
      [now, token.organizationId, token.id],
    );
    if (met === 0) throw new VedetteError('unauthenticated', 'The token was revoked.');
    return sessionFrom(session, token);
  });
}

/**
 * A session of a person in one of their organisations, within a transaction. It has no role: what they may do follows from
 * their membership, with each request.
 */
export function openPersonSession(
  session: Session,
  organizationId: string,
  person: { userId: number; email: string; method: SignInMethod; authenticatedAt?: string | null },
): Promise<NewCredential> {
  const { userId, email, method, authenticatedAt = null } = person;
  const wanted: Wanted = {
    organizationId,
    kind: 'session',
    name: email,
    scope: 'admin',
    createdBy: method,
    expiresAt: later(SESSION_MS),
    userId,
    method,
    authenticatedAt,
  };
  return insert(session, wanted, 'session.open');
}

/** The person's browsers that are signed in now, in whatever organisation, newest first. */
export async function listOwnSessions(store: Store, userId: number): Promise<Credential[]> {
  const rows = await credentialRows(
    (sql, values) => store.read(sql, values),
    "c.user_id = ? AND c.kind = 'session' AND c.revoked_at IS NULL ORDER BY c.id DESC",
    [userId],
  );
  return rows.map(credentialOf).filter(isInForce);
}

/** The credential of this secret that is in force now; undefined when there is none. */
export async function findCredential(
  store: Store,
  kind: CredentialKind,
  secret: string,
): Promise<Credential | undefined> {
  if (!isSecret(kind, secret)) return undefined;
  const [row] = await credentialRows((sql, values) => store.read(sql, values), 'c.secret_sha256 = ?', [
    secretHash(secret),
  ]);
  const found = row === undefined ? undefined : credentialOf(row);
  return found?.kind === kind && isInForce(found) ? found : undefined;
}

/** Until when a credential is in force if nobody uses or revokes it. */
export function endOf({ kind, expiresAt, lastUsedAt, createdAt }: Credential): string | null {
  if (kind !== 'session') return expiresAt;
  const idle = new Date(Date.parse(lastUsedAt ?? createdAt) + SESSION_IDLE_MS).toISOString();
  return expiresAt !== null && expiresAt < idle ? expiresAt : idle;
}

/** Notes that a credential was used, at most once a minute. */
export async function noteUse(store: Store, { id, organizationId, lastUsedAt }: Credential): Promise<void> {
  if (lastUsedAt !== null && Date.now() - Date.parse(lastUsedAt) < USE_WRITTEN_MS) return;
  const before = sqlTime(new Date(Date.now() - USE_WRITTEN_MS));
  await transaction(store, (session) =>
    session.execute(
      `UPDATE vedette_credentials
        SET last_used_at = ?
        WHERE organization_id = ? AND id = ? AND (last_used_at IS NULL OR last_used_at < ?)`,
      [sqlTime(new Date()), organizationId, id, before],
    ),
  );
}

/** The organisation's tokens, newest first, also those that are no longer in force. */
export async function listTokens(store: Store, organizationId: string): Promise<Credential[]> {
  const rows = await credentialRows(
    (sql, values) => store.read(sql, values),
    "c.organization_id = ? AND c.kind = 'token' ORDER BY c.id DESC",
    [organizationId],
  );
  return rows.map(credentialOf);
}

/** Those of them that are a person's, newest first. */
export async function listOwnTokens(
  store: Store,
  organizationId: string,
  userId: number,
): Promise<Credential[]> {
  return (await listTokens(store, organizationId)).filter((token) => token.userId === userId);
}

/** The organisation's browsers that are signed in now, newest first. */
export async function listSessions(store: Store, organizationId: string): Promise<Credential[]> {
  const rows = await credentialRows(
    (sql, values) => store.read(sql, values),
    "c.organization_id = ? AND c.kind = 'session' AND c.revoked_at IS NULL ORDER BY c.id DESC",
    [organizationId],
  );
  return rows.map(credentialOf).filter(isInForce);
}

/** Which of these credentials hold now. */
export async function inForce(store: Store, ids: readonly number[]): Promise<Set<number>> {
  const [condition, ...values] = isAmong('c.id', ids);
  const rows = await credentialRows((sql, all) => store.read(sql, all), condition, values as number[]);
  return new Set(
    rows
      .map(credentialOf)
      .filter(isInForce)
      .map(({ id }) => id),
  );
}

/** Whether the organisation has a token that is in force. */
export async function hasToken(store: Store, organizationId: string): Promise<boolean> {
  return (await listTokens(store, organizationId)).some(isInForce);
}

/**
 * Ends a token, and the sessions that came from it. Ending it again changes nothing.
 *
 * @throws VedetteError `not-found`
 */
export async function revokeToken(store: Store, organizationId: string, id: number): Promise<void> {
  await transaction(store, async (session) => {
    const [row] = await credentialRows(
      session.query,
      "c.organization_id = ? AND c.id = ? AND c.kind = 'token'",
      [organizationId, id],
    );
    if (row === undefined) throw new VedetteError('not-found', `There is no token ${id}.`);
    await session.execute(
      `UPDATE vedette_credentials
        SET revoked_at = ?
        WHERE organization_id = ? AND revoked_at IS NULL
          AND (id = ? OR (kind = 'session' AND created_by = ?))`,
      [sqlTime(new Date()), organizationId, id, actorOf(credentialOf(row))],
    );
    if (row.revoked_at === null) await recordEnd(session, row, 'tokens.revoke');
  });
}

/**
 * Signs a browser out. Doing so again changes nothing.
 *
 * @throws VedetteError `not-found`
 */
export async function endSession(
  store: Store,
  { id, organizationId }: Pick<Credential, 'id' | 'organizationId'>,
  action: 'sessions.end' | 'session.close' = 'sessions.end',
): Promise<void> {
  await transaction(store, async (session) => {
    await endSessionIn(session, { id, organizationId }, action);
  });
}

/** The same within a transaction; gives whether the session was in force until then. */
export async function endSessionIn(
  session: Session,
  { id, organizationId }: Pick<Credential, 'id' | 'organizationId'>,
  action: string,
): Promise<boolean> {
  const [row] = await credentialRows(
    session.query,
    "c.organization_id = ? AND c.id = ? AND c.kind = 'session'",
    [organizationId, id],
  );
  if (row === undefined) throw new VedetteError('not-found', `There is no session ${id}.`);
  const ended = await session.execute(
    `UPDATE vedette_credentials
        SET revoked_at = ?
        WHERE organization_id = ? AND id = ? AND revoked_at IS NULL`,
    [sqlTime(new Date()), organizationId, id],
  );
  if (ended > 0) await recordEnd(session, row, action);
  return ended > 0;
}

function recordEnd(session: Session, row: CredentialRow, action: string): Promise<void> {
  const { organizationId, kind, id, name, scope } = credentialOf(row);
  const before = { name, scope };
  return recordChange(session, { organizationId, action, target: `${kind}s/${id}`, before, after: null });
}

/** Who did something, as logs and lists tell it. */
export function actorOf({ name, kind, id }: Pick<Credential, 'name' | 'kind' | 'id'>): string {
  return `${name} (${kind} ${id})`;
}

function sessionFrom(session: Session, from: Credential): Promise<NewCredential> {
  const latest = later(SESSION_MS);
  const ofToken = from.kind === 'token' ? from.expiresAt : null;
  const wanted: Wanted = {
    organizationId: from.organizationId,
    kind: 'session',
    name: from.name,
    scope: from.scope,
    createdBy: actorOf(from),
    userId: from.userId,
    method: from.kind === 'link' ? 'link' : 'token',
    expiresAt: ofToken !== null && ofToken < latest ? ofToken : latest,
  };
  return insert(session, wanted, 'session.open');
}

type Wanted = Pick<Credential, 'organizationId' | 'kind' | 'name' | 'scope' | 'createdBy' | 'expiresAt'> &
  Partial<Pick<Credential, 'userId' | 'method' | 'authenticatedAt'>>;

async function insert(session: Session, wanted: Wanted, action: string): Promise<NewCredential> {
  const { organizationId, kind, name, scope, createdBy, expiresAt, userId = null, method = null } = wanted;
  const signedIn = wanted.authenticatedAt ?? null;
  const secret = newSecret(kind);
  const now = sqlTime(new Date());
  // What has run out is of no more use; tokens stay, for people look them up.
  await session.execute("DELETE FROM vedette_credentials WHERE kind <> 'token' AND expires_at < ?", [now]);
  await session.execute(
    `INSERT INTO vedette_credentials
        (organization_id, kind, name, secret_sha256, scope, created_at, created_by, expires_at, user_id, method,
          authenticated_at)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    [
      organizationId,
      kind,
      name,
      secretHash(secret),
      scope,
      now,
      createdBy,
      expiresAt === null ? null : sqlTime(expiresAt),
      userId,
      method,
      method === null || signedIn !== null ? signedIn && sqlTime(signedIn) : now,
    ],
  );
  const [row] = await credentialRows(session.query, 'c.secret_sha256 = ?', [secretHash(secret)]);
  if (row === undefined) throw new VedetteError('unexpected', 'A new credential was not stored.');
  const made = credentialOf(row);
  await recordChange(session, {
    organizationId,
    action,
    target: `${kind}s/${made.id}`,
    before: null,
    after: { name, scope, expiresAt: made.expiresAt },
    // Who signs in is known from then on.
    ...(kind === 'session' ? { actor: actorOf(made), userId } : {}),
  });
  return { ...made, secret };
}

/** What belongs to a person ends with their membership. */
function isInForce(credential: Credential): boolean {
  const end = endOf(credential);
  if (credential.userId !== null && credential.role === null) return false;
  return credential.revokedAt === null && (end === null || Date.parse(end) > Date.now());
}

function later(milliseconds: number): string {
  return new Date(Date.now() + milliseconds).toISOString();
}

function credentialRows(
  query: Session['query'],
  condition: string,
  values: readonly (string | number)[],
): Promise<CredentialRow[]> {
  return query<CredentialRow>(`SELECT ${COLUMNS} FROM ${FROM} WHERE ${condition}`, values);
}

function credentialOf(row: CredentialRow): Credential {
  return {
    id: row.id,
    organizationId: row.organization_id,
    kind: row.kind,
    name: row.name,
    scope: row.scope,
    createdAt: isoTime(row.created_at),
    createdBy: row.created_by,
    expiresAt: isoTimeOrNull(row.expires_at),
    lastUsedAt: isoTimeOrNull(row.last_used_at),
    revokedAt: isoTimeOrNull(row.revoked_at),
    userId: row.user_id,
    role: row.disabled_at === null ? row.role : null,
    method: row.method,
    authenticatedAt: isoTimeOrNull(row.authenticated_at),
  };
}
