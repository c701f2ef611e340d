import type { Scope } from './access.ts';
import type { Holder } from './permissions.ts';

/** An API token, a browser that is signed in, or a link that signs one in, once. */
export type CredentialKind = 'token' | 'session' | 'link';

/** Times are ISO 8601 in UTC. */
export interface Credential extends Holder {
  id: number;
  organizationId: string;
  kind: CredentialKind;
  name: string;
  scope: Scope;
  createdAt: string;
  createdBy: string;
  /** Null for one that holds until it is revoked. */
  expiresAt: string | null;
  lastUsedAt: string | null;
  revokedAt: string | null;
  /** Whose it is; null for one that belongs to the organisation. */
  userId: number | null;
}

/** With the secret, which is kept nowhere. */
export interface NewCredential extends Credential {
  secret: string;
}
