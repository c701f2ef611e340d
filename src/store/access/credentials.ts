import { createHash, randomBytes } from 'node:crypto';
import { VedetteError } from '../../errors.ts';
import type { Scope } from '../../model/access.ts';
import type { Credential, CredentialKind, NewCredential } from '../../model/credential.ts';
import { isAmong } from '../database/statements.ts';
import { transaction } from '../database/store.ts';
import type { Session, Store } from '../database/store.ts';
import { isoTime, isoTimeOrNull, sqlTime } from '../database/values.ts';
import { recordChange } from './audit.ts';

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
}

const COLUMNS =
  'id, organization_id, kind, name, scope, created_at, created_by, expires_at, last_used_at, revoked_at';
const PREFIXES: Readonly<Record<CredentialKind, string>> = { token: 'vdt_', session: 'vds_', link: 'vdl_' };
const SECRET_BYTES = 32;
const CHECKSUM_LENGTH = 6;
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const LINK_MS = 15 * MINUTE_MS;
const SESSION_IDLE_MS = 12 * HOUR_MS;
const SESSION_MS = 7 * 24 * HOUR_MS;
/** How often the time of the last use is written, at most. */
const USE_WRITTEN_MS = MINUTE_MS;

/** Makes an API token. */
export function createToken(
  store: Store,
  organizationId: string,
  token: { name: string; scope: Scope; createdBy: string; expiresAt: string | null },
): Promise<NewCredential> {
  return transaction(store, (session) =>
    insert(session, { organizationId, kind: 'token', ...token }, 'tokens.create'),
  );
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
    const hash = sha256(code);
    const met = await session.execute(
      `UPDATE vedette_credentials
        SET revoked_at = ?, last_used_at = ?
        WHERE secret_sha256 = ? AND kind = 'link' AND revoked_at IS NULL AND expires_at > ?`,
      [now, now, hash, now],
    );
    const [row] = met === 1 ? await credentialRows(session.query, 'secret_sha256 = ?', [hash]) : [];
    if (row === undefined) {
      throw new VedetteError('unauthenticated', 'This link has been used, has run out, or never was one.', {
        remedy: 'Get a new one with vedette token link.',
      });
    }
    return sessionFrom(session, credentialOf(row));
  });
}

/** A session with what the token allows; it ends with the token. */
export function openSession(store: Store, token: Credential): Promise<NewCredential> {
  return transaction(store, (session) => sessionFrom(session, token));
}

/** The credential of this secret that is in force now; undefined when there is none. */
export async function findCredential(
  store: Store,
  kind: CredentialKind,
  secret: string,
): Promise<Credential | undefined> {
  if (!isSecret(kind, secret)) return undefined;
  const [row] = await credentialRows((sql, values) => store.read(sql, values), 'secret_sha256 = ?', [
    sha256(secret),
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
    "organization_id = ? AND kind = 'token' ORDER BY id DESC",
    [organizationId],
  );
  return rows.map(credentialOf);
}

/** The organisation's browsers that are signed in now, newest first. */
export async function listSessions(store: Store, organizationId: string): Promise<Credential[]> {
  const rows = await credentialRows(
    (sql, values) => store.read(sql, values),
    "organization_id = ? AND kind = 'session' AND revoked_at IS NULL ORDER BY id DESC",
    [organizationId],
  );
  return rows.map(credentialOf).filter(isInForce);
}

/** Which of these credentials hold now. */
export async function inForce(store: Store, ids: readonly number[]): Promise<Set<number>> {
  const [condition, ...values] = isAmong('id', ids);
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
    const [row] = await credentialRows(session.query, "organization_id = ? AND id = ? AND kind = 'token'", [
      organizationId,
      id,
    ]);
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
    const [row] = await credentialRows(session.query, "organization_id = ? AND id = ? AND kind = 'session'", [
      organizationId,
      id,
    ]);
    if (row === undefined) throw new VedetteError('not-found', `There is no session ${id}.`);
    await session.execute(
      `UPDATE vedette_credentials
        SET revoked_at = ?
        WHERE organization_id = ? AND id = ? AND revoked_at IS NULL`,
      [sqlTime(new Date()), organizationId, id],
    );
    if (row.revoked_at === null) await recordEnd(session, row, action);
  });
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
    expiresAt: ofToken !== null && ofToken < latest ? ofToken : latest,
  };
  return insert(session, wanted, 'session.open');
}

type Wanted = Pick<Credential, 'organizationId' | 'kind' | 'name' | 'scope' | 'createdBy' | 'expiresAt'>;

async function insert(session: Session, wanted: Wanted, action: string): Promise<NewCredential> {
  const { organizationId, kind, name, scope, createdBy, expiresAt } = wanted;
  const secret = newSecret(kind);
  const now = sqlTime(new Date());
  // What has run out is of no more use; tokens stay, for people look them up.
  await session.execute("DELETE FROM vedette_credentials WHERE kind <> 'token' AND expires_at < ?", [now]);
  await session.execute(
    `INSERT INTO vedette_credentials
        (organization_id, kind, name, secret_sha256, scope, created_at, created_by, expires_at)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    [
      organizationId,
      kind,
      name,
      sha256(secret),
      scope,
      now,
      createdBy,
      expiresAt === null ? null : sqlTime(expiresAt),
    ],
  );
  const [row] = await credentialRows(session.query, 'secret_sha256 = ?', [sha256(secret)]);
  if (row === undefined) throw new VedetteError('unexpected', 'A new credential was not stored.');
  const made = credentialOf(row);
  await recordChange(session, {
    organizationId,
    action,
    target: `${kind}s/${made.id}`,
    before: null,
    after: { name, scope, expiresAt: made.expiresAt },
    // Who signs in is known from then on.
    ...(kind === 'session' ? { actor: actorOf(made) } : {}),
  });
  return { ...made, secret };
}

/** Text that scanners for secrets can recognise, and whose last characters follow from the others. */
function newSecret(kind: CredentialKind): string {
  const text = PREFIXES[kind] + randomBytes(SECRET_BYTES).toString('base64url');
  return text + checksum(text);
}

/** Whether it could be a secret at all, so that guesses do not reach the database. */
function isSecret(kind: CredentialKind, secret: string): boolean {
  const text = secret.slice(0, -CHECKSUM_LENGTH);
  return text.startsWith(PREFIXES[kind]) && secret === text + checksum(text);
}

function checksum(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, CHECKSUM_LENGTH);
}

/** Looking a secret up by its hash tells nobody by its timing how much of it was right. */
function sha256(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

function isInForce(credential: Credential): boolean {
  const end = endOf(credential);
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
  return query<CredentialRow>(`SELECT ${COLUMNS} FROM vedette_credentials WHERE ${condition}`, values);
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
  };
}
