import { reportOf, VedetteError } from '../errors.ts';
import type { Logger } from '../log.ts';
import type { NewCredential } from '../model/credential.ts';
import type { Invitation } from '../model/invitation.ts';
import type { Role } from '../model/permissions.ts';
import { composeInvitation } from '../notify/compose.ts';
import { deliver, mailTransportName } from '../notify/deliver.ts';
import type { Config } from '../settings.ts';
import { transaction } from '../store/database/store.ts';
import type { Store } from '../store/database/store.ts';
import { acceptInvitation, findInvitation, invite, noteSent } from '../store/people/invitations.ts';
import type { Accepting } from '../store/people/invitations.ts';
import { reading, setPasswordHash } from '../store/people/users.ts';
import { memberLimit } from './limits.ts';
import { hashPassword, ownNames, requireStrong } from './passwords.ts';
import type { Vault } from './sealing.ts';
import { requireProof, requireStill, sessionOf } from './sign-in.ts';

const MAIL_TIMEOUT_MS = 10_000;

/** An invitation that was made: its link was sent by e-mail, or is handed over here, this once. */
export interface Invited {
  invitation: Invitation;
  link: string | null;
}

/**
 * Invites somebody, by e-mail where that is set up. A link is sent only with the public address: any other could be chosen by
 * whoever asks.
 *
 * @param base of the dashboard, as who invites sees it
 * @throws VedetteError as `invite`
 */
export async function inviteByMail(
  { store, config, logger }: { store: Store; config: Config; logger: Logger },
  organizationId: string,
  { base, ...given }: { email: string; role: Role; by: string; isAgain?: boolean; base: string },
): Promise<Invited> {
  const { email } = given;
  const { secret, ...invitation } = await invite(store, organizationId, given, memberLimit(config));
  const { publicUrl } = config.api;
  const link = `${(publicUrl ?? base).replace(/\/$/, '')}/invitation#code=${secret}`;
  if (publicUrl === undefined || mailTransportName(config) === 'none') return { invitation, link };
  try {
    const composed = await composeInvitation({ organizationId, ...invitation, link });
    const addressed = { ...config, mail: { ...config.mail, recipients: [email] } };
    const { rejected } = await deliver(addressed, composed, {
      signal: AbortSignal.timeout(MAIL_TIMEOUT_MS),
      timeoutMs: MAIL_TIMEOUT_MS,
    });
    if (rejected.length > 0) return { invitation, link };
  } catch (error) {
    logger.warn({ failure: reportOf(error) }, 'an invitation was not sent; its link is handed over');
    return { invitation, link };
  }
  await noteSent(store, organizationId, invitation.id);
  return { invitation: { ...invitation, sentAt: new Date().toISOString() }, link: null };
}

/**
 * Accepts an invitation and signs in: who has an account as they always do, who has none by choosing a password.
 *
 * @throws VedetteError as `acceptInvitation` and `requireProof`; `usage` for a weak password
 */
export async function acceptByPassword(
  vault: Vault,
  { code, name, password, otp }: { code: string; name: string; password: string; otp?: string | undefined },
): Promise<NewCredential> {
  const { store, config } = vault;
  const found = await findInvitation(reading(store), code);
  const attempt = found.hasPassword
    ? await requireProof(vault, { email: found.email, password, otp })
    : undefined;
  const who = attempt === undefined ? await newcomer(found, { name, password }) : { as: attempt.userId };
  const { userId, organizationId } = await acceptInvitation(store, code, who, memberLimit(config));
  return transaction(store, async (session) => {
    if (attempt !== undefined) await requireStill(session, attempt);
    return sessionOf(session, userId, { preferred: organizationId, method: 'password' });
  });
}

async function newcomer(
  { email, organizationId }: { email: string; organizationId: string },
  { name, password }: { name: string; password: string },
): Promise<Accepting> {
  if (name.trim() === '') throw new VedetteError('usage', 'Say what you are called.');
  const own = ownNames(email, name, organizationId);
  await requireStrong(password, { own, hasSecondFactor: false });
  const hash = await hashPassword(password);
  return {
    as: null,
    name: name.trim(),
    async setPassword(session, userId) {
      await setPasswordHash(session, userId, hash);
    },
  };
}
