import type { Scope } from '../model/access.ts';
import type { Credential } from '../model/credential.ts';
import type { Action } from '../model/permissions.ts';

/** What a route demands of its caller. */
export type Access = Action | 'anyone';

/** Who asks. */
export interface Caller {
  organizationId: string;
  scope: Scope;
  credential: Credential;
  /** As the audit log names them. */
  actor: string;
  /** Of a browser's session; null for a token. */
  csrfToken: string | null;
}
