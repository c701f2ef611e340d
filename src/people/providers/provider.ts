import type { SignInProvider } from '../../model/identity.ts';

/** Where the answer of a provider goes, and what shows that it is an answer to us. */
export interface Asked {
  /** The page of ours that the provider leads back to; the same in question and answer. */
  redirectUri: string;
  state: string;
  nonce: string;
  codeVerifier: string;
}

/** What the browser brought back. */
export interface Answered {
  code: string;
  /** Who says that they answer, where the provider tells. */
  iss?: string | undefined;
}

/** Who somebody is at a provider. */
export interface Proven {
  /** With the subject, what tells people apart: an address may be another's tomorrow. */
  issuer: string;
  subject: string;
  email: string | null;
  /** Whether the provider says that the address is theirs. */
  emailVerified: boolean;
}

export interface Provider extends SignInProvider {
  /** Where the browser goes to sign in. @throws VedetteError `provider-unreachable`, `config-invalid` */
  begin(asked: Asked): Promise<URL>;
  /** @throws VedetteError also `unauthenticated` for an answer that is none, is to another question or was used before */
  complete(asked: Asked, answered: Answered): Promise<Proven>;
}

/** What was configured of a provider. */
export interface ProviderSettings {
  id: string;
  name: string;
  issuer: string;
  client: string;
  clientSecret: string | undefined;
}
