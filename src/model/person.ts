import type { Role } from './permissions.ts';

/** How somebody came into an organisation; single sign-on changes only what it has given. */
export const MEMBER_ORIGINS = ['manual', 'invitation', 'sso'] as const;
export type MemberOrigin = (typeof MEMBER_ORIGINS)[number];

/** A person, whatever organisations they belong to. Times are ISO 8601 in UTC. */
export interface Person {
  id: number;
  email: string;
  name: string;
  emailVerifiedAt: string | null;
  hasPassword: boolean;
  createdAt: string;
  lastSignInAt: string | null;
  disabledAt: string | null;
}

/** A person in one organisation. */
export interface Member {
  userId: number;
  email: string;
  name: string;
  role: Role;
  origin: MemberOrigin;
  joinedAt: string;
  joinedBy: string;
  lastSignInAt: string | null;
  disabledAt: string | null;
  /** Null for whoever need not know: it tells whose password is enough. */
  hasSecondFactor: boolean | null;
}

/** ASCII only: names that look like each other are no others'. */
const EMAIL =
  /^[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?=.{1,189}$)[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+$/i;

export function isEmail(text: string): boolean {
  return EMAIL.test(text);
}

/** What tells people apart: the address in small letters. */
export function emailKey(email: string): string {
  return email.toLowerCase();
}
