import { allows } from './access.ts';
import type { Scope } from './access.ts';

/** What a person is in an organisation, the most first. */
export const ROLES = ['OWNER', 'ADMIN', 'MEMBER', 'VIEWER'] as const;
export type Role = (typeof ROLES)[number];

/** What can be done; every operation of the API names one of them. */
export const ACTIONS = [
  'look',
  'run',
  'suppress',
  'correct',
  'configure',
  'manage-access',
  'manage-people',
  'own-account',
  'govern',
] as const;
export type Action = (typeof ACTIONS)[number];

/** Who may do what; nothing compiles until every cell is filled. */
export const PERMISSIONS = {
  /** Everything that scans brought, lists of people included. */
  look: { OWNER: true, ADMIN: true, MEMBER: true, VIEWER: true },
  /** Scans and jobs; to pause, resume and trigger schedules. */
  run: { OWNER: true, ADMIN: true, MEMBER: true, VIEWER: false },
  /** Accept what was found. */
  suppress: { OWNER: true, ADMIN: true, MEMBER: true, VIEWER: false },
  /** Say what a detection sees. */
  correct: { OWNER: true, ADMIN: true, MEMBER: true, VIEWER: false },
  /** Schedules, accounts, settings. */
  configure: { OWNER: true, ADMIN: true, MEMBER: false, VIEWER: false },
  /** The organisation's tokens, its sessions, its audit log. */
  'manage-access': { OWNER: true, ADMIN: true, MEMBER: false, VIEWER: false },
  /** Invite, change, remove; of owners only an owner. */
  'manage-people': { OWNER: true, ADMIN: true, MEMBER: false, VIEWER: false },
  /** One's own password, sessions, second factor, tokens. */
  'own-account': { OWNER: true, ADMIN: true, MEMBER: true, VIEWER: true },
  /** Owners, billing, how people sign in, the end of the organisation. */
  govern: { OWNER: true, ADMIN: false, MEMBER: false, VIEWER: false },
} as const satisfies Record<Action, Record<Role, boolean>>;

/** What an action needs beside the role: a scope, a person in a browser, or one who has just signed in. */
export const NEEDS = {
  look: 'read',
  run: 'operate',
  suppress: 'operate',
  correct: 'operate',
  configure: 'admin',
  'manage-access': 'admin',
  'manage-people': 'admin',
  'own-account': 'session',
  govern: 'fresh session',
} as const satisfies Record<Action, Scope | 'session' | 'fresh session'>;

/** How long somebody counts as just signed in. */
export const FRESH_MS = 15 * 60_000;

/** The part of a credential that its permissions follow from. */
export interface Holder {
  scope: Scope;
  /** Of the person as it is now; null for what belongs to nobody. */
  role: Role | null;
  /** How a browser was signed in; null for a token. */
  method: SignInMethod | null;
  /** ISO 8601; null for a token. */
  authenticatedAt: string | null;
}

/** A one-time link, a token, or a person's password, provider or passkey. */
export const SIGN_IN_METHODS = ['link', 'token', 'password', 'provider', 'passkey'] as const;
export type SignInMethod = (typeof SIGN_IN_METHODS)[number];

/** Whether somebody has signed in within the last quarter of an hour; a token shows that nobody is there. */
export function isFresh({ method, authenticatedAt }: Holder, now: number): boolean {
  return isSignedIn(method) && authenticatedAt !== null && now - Date.parse(authenticatedAt) <= FRESH_MS;
}

/** Why a credential does not allow an action; null when it does. `fresh` is what `isFresh` says of it. */
export function refusal(action: Action, holder: Holder, fresh: boolean): string | null {
  const { scope, role } = holder;
  if (role !== null && !PERMISSIONS[action][role]) {
    return `This needs the role ${rolesFor(action).join(' or ')}; yours is ${role}.`;
  }
  const needed = NEEDS[action];
  if (needed === 'session') {
    return role !== null && isSignedIn(holder.method) ? null : 'This needs a person who is signed in.';
  }
  if (needed !== 'fresh session') {
    return allows(scope, needed) ? null : `This needs the scope ${needed}; yours is ${scope}.`;
  }
  return freshRefusal(holder, fresh);
}

/** Who may do it, the most first. */
export function rolesFor(action: Action): Role[] {
  return ROLES.filter((role) => PERMISSIONS[action][role]);
}

/** Whether one role is at least another. */
export function atLeast(role: Role, other: Role): boolean {
  return ROLES.indexOf(role) <= ROLES.indexOf(other);
}

/** What a role reaches at most; what is made for its person holds no more. */
export function scopeOf(role: Role): Scope {
  if (PERMISSIONS.configure[role]) return 'admin';
  return PERMISSIONS.run[role] ? 'operate' : 'read';
}

/** A browser that a token has opened holds no more than the token did. */
function isSignedIn(method: SignInMethod | null): boolean {
  return method !== null && method !== 'token';
}

/** An admin's link counts as an owner: whoever makes one has the machine, and so a way in when owners have none. */
function freshRefusal({ scope, role, method }: Holder, fresh: boolean): string | null {
  const isWayIn = role === null && method === 'link' && scope === 'admin';
  if (role === null && !isWayIn) return 'This needs an owner who is signed in, or an admin’s sign-in link.';
  if (!isSignedIn(method)) return 'This needs an owner who is signed in in a browser.';
  return fresh ? null : 'This needs somebody who has signed in within the last 15 minutes.';
}
