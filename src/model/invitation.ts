import type { Role } from './permissions.ts';

/** Somebody asked to come into an organisation, not yet in it. Times are ISO 8601 in UTC. */
export interface Invitation {
  id: number;
  email: string;
  role: Role;
  createdAt: string;
  createdBy: string;
  expiresAt: string;
  /** When it was last sent by e-mail; null for one whose link is handed over. */
  sentAt: string | null;
}

/** With the secret of its link, which is kept nowhere. */
export interface NewInvitation extends Invitation {
  secret: string;
}
