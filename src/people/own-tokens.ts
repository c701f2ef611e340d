import { VedetteError } from '../errors.ts';
import { allows } from '../model/access.ts';
import type { NewCredential } from '../model/credential.ts';
import { scopeOf } from '../model/permissions.ts';
import { createTokenIn, listOwnTokens, revokeToken } from '../store/access/credentials.ts';
import type { WantedToken } from '../store/access/credentials.ts';
import { transaction } from '../store/database/store.ts';
import type { Store } from '../store/database/store.ts';
import { getMember } from '../store/people/members.ts';

interface Self {
  organizationId: string;
  userId: number;
}

/**
 * Makes a token of a person's own. It ends with them, and does what its scope and their role of that moment allow.
 *
 * @throws VedetteError `forbidden` for a scope beyond their role; `not-found` for who does not belong to the organisation
 */
export function createOwnToken(
  store: Store,
  { organizationId, userId }: Self,
  wanted: Omit<WantedToken, 'userId'>,
): Promise<NewCredential> {
  return transaction(store, async (session) => {
    const { role } = await getMember(session.query, organizationId, userId);
    const most = scopeOf(role);
    if (!allows(most, wanted.scope)) {
      throw new VedetteError('forbidden', `A token of a ${role} holds the scope ${most} at most.`, {
        remedy: `Take the scope ${most}, or ask an owner or admin for a token of the organisation.`,
      });
    }
    return createTokenIn(session, organizationId, { ...wanted, userId });
  });
}

/** Ends a token of a person's own. @throws VedetteError `not-found`, also for one of somebody else */
export async function revokeOwnToken(
  store: Store,
  { organizationId, userId }: Self,
  id: number,
): Promise<void> {
  const own = await listOwnTokens(store, organizationId, userId);
  if (!own.some((token) => token.id === id)) {
    throw new VedetteError('not-found', `You have no token ${id}.`);
  }
  await revokeToken(store, organizationId, id);
}
