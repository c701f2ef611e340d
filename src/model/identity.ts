/** Somebody who vouches for people: who signs in there may sign in here. */
export interface SignInProvider {
  /** As the settings call it. */
  id: string;
  /** For people. */
  name: string;
}

/** An account at a provider that one signs in with. Times are ISO 8601 in UTC. */
export interface Identity {
  id: number;
  userId: number;
  /** Its id in the settings when it was linked. */
  provider: string;
  /** As the provider told it last, for people to recognise; it opens nothing. */
  email: string | null;
  linkedAt: string;
  lastUsedAt: string | null;
}

/** A key that a device or a password manager keeps, and that signs in by itself. Times are ISO 8601 in UTC. */
export interface Passkey {
  id: number;
  name: string;
  createdAt: string;
  lastUsedAt: string | null;
}
