import { VedetteError } from '../errors.ts';
import { composePasswordNotice, composePasswordReset, composeVerification } from '../notify/letters.ts';
import { recordChange } from '../store/access/audit.ts';
import { transaction } from '../store/database/store.ts';
import { CODE_VALID_MS, createCode, useCode, wasMadeSince } from '../store/people/codes.ts';
import { membershipsOf } from '../store/people/members.ts';
import { findUserByEmail, getUser, reading, verifyEmail } from '../store/people/users.ts';
import { linkInLetters, requirePost, sendLetter } from './letters.ts';
import type { Post } from './letters.ts';

/** How often one address is written to, at most: nobody's post box is to be filled by others. */
const PAUSE_MS = 5 * 60_000;
const MINUTE_MS = 60_000;

/**
 * Sends the way to a new password to an address, where it is somebody's who has one and may sign in. Whoever asks must not
 * wait for it: neither the answer nor its time tells who is there.
 *
 * @throws VedetteError `usage` where nothing can be sent, whoever asks
 */
export async function sendPasswordReset(post: Post, email: string): Promise<void> {
  const { store } = post;
  const person = await findUserByEmail(reading(store), email);
  if (person === undefined || person.disabledAt !== null || !person.hasPassword) return;
  const code = await transaction(store, async (session) => {
    const { id: userId } = person;
    if (await wasMadeSince(session, { userId, kind: 'reset', since: Date.now() - PAUSE_MS })) return null;
    const made = await createCode(session, { userId, kind: 'reset', email: person.email });
    for (const { organizationId } of await membershipsOf(session.query, userId)) {
      await recordChange(session, {
        organizationId,
        action: 'password.reset',
        target: `members/${userId}`,
        before: null,
        after: { sentTo: person.email },
      });
    }
    return made;
  });
  const link = code === null ? null : linkInLetters(post, 'set-password', code);
  if (code === null || link === null) return;
  const minutes = CODE_VALID_MS.reset / MINUTE_MS;
  await sendLetter(post, person.email, await composePasswordReset({ code, link, minutes }));
}

/**
 * Sends somebody what shows that their address is their own.
 *
 * @throws VedetteError `usage` where nothing can be sent, when it is shown already, or when one was sent just now;
 *   `mail-unreachable` when it could not be sent
 */
export async function sendVerification(post: Post, userId: number): Promise<void> {
  requirePost(post);
  const { store } = post;
  const { email, emailVerifiedAt } = await getUser(reading(store), userId);
  if (emailVerifiedAt !== null) throw new VedetteError('usage', 'Your address is confirmed already.');
  const code = await transaction(store, async (session) => {
    if (await wasMadeSince(session, { userId, kind: 'verify', since: Date.now() - PAUSE_MS })) {
      throw new VedetteError('usage', 'A link was sent to your address a moment ago.', {
        remedy:
          'Look for it, also among what was taken for spam; after five minutes another one can be sent.',
      });
    }
    return createCode(session, { userId, kind: 'verify', email });
  });
  const letter = await composeVerification({ code, link: linkInLetters(post, 'verify-email', code) ?? '' });
  if (await sendLetter(post, email, letter)) return;
  throw new VedetteError('mail-unreachable', 'The mail server did not take the letter.', {
    remedy: 'Try again later, or tell whoever runs vedette.',
  });
}

/**
 * Confirms the address of who is signed in, by what was sent to it.
 *
 * @throws VedetteError `unauthenticated` for a code that is not in force; `forbidden` for one that is another person's
 */
export async function confirmEmail(
  { store }: Pick<Post, 'store'>,
  { userId, organizationId }: { userId: number; organizationId: string },
  code: string,
): Promise<void> {
  await transaction(store, async (session) => {
    const used = await useCode(session, ['verify'], code);
    // Whoever signed in with somebody else's address would have its owner confirm it.
    if (used.userId !== userId || used.email === null) {
      throw new VedetteError('forbidden', 'This link is for somebody else than who is signed in here.', {
        remedy: 'Open it in the browser in which you are signed in with that address.',
      });
    }
    await verifyEmail(session, userId, used.email);
    await recordChange(session, {
      organizationId,
      action: 'email.verify',
      target: `members/${userId}`,
      before: { email: used.email, verified: false },
      after: { email: used.email, verified: true },
    });
  });
}

/** Tells somebody that their password was changed, where anything can be sent. Nobody waits for it. */
export async function tellOfNewPassword(post: Post, email: string): Promise<void> {
  if (linkInLetters(post, '', '') === null) return;
  await sendLetter(post, email, await composePasswordNotice({ email, at: new Date().toISOString() }));
}
