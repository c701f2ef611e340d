import { VedetteError } from '../errors.ts';
import type { Credential, NewCredential } from '../model/credential.ts';
import { openPersonSession } from '../store/access/credentials.ts';
import type { Session } from '../store/database/store.ts';
import { identitiesOf } from '../store/people/identities.ts';
import { passkeysOf } from '../store/people/passkeys.ts';
import { endSignInsOf } from '../store/people/sign-ins.ts';
import { endOwnSessions, getUser } from '../store/people/users.ts';

/** That a way to sign in can be taken away from somebody. @throws VedetteError `usage` for the last one */
export async function requireOtherWay(session: Session, userId: number): Promise<void> {
  const { hasPassword } = await getUser(session.query, userId);
  const identities = await identitiesOf(session.query, userId);
  const passkeys = await passkeysOf(session.query, userId);
  if (Number(hasPassword) + identities.length + passkeys.length > 1) return;
  throw new VedetteError('usage', 'You would have no way to sign in any more.', {
    remedy: 'Link another account, add a passkey or set a password first.',
  });
}

/** Signs every browser of somebody out but their own, which gets a new secret and is no fresher than before. */
export async function signOutElsewhere(
  session: Session,
  { userId, organizationId, method, authenticatedAt }: Credential & { userId: number },
): Promise<NewCredential> {
  await endSignInsOf(session, userId);
  await endOwnSessions(session, userId);
  const { email } = await getUser(session.query, userId);
  const as = { userId, email, method: method ?? 'provider', authenticatedAt } as const;
  return openPersonSession(session, organizationId, as);
}
