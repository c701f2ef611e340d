import type { Invitation } from '../model/invitation.ts';
import type { Role } from '../model/permissions.ts';
import { excerpt, printable } from '../text/printable.ts';
import type { ComposedMessage } from './compose.ts';
import { messageId } from './compose.ts';
import type { Letter } from './letter-mail.tsx';

const SUBJECT_LENGTH = 200;
const NOT_YOU = 'If you do not know what this is about, do nothing: without the link nothing happens.';
/** What stands behind a name in the audit log: which session or token it was. */
const CREDENTIAL = / \((?:session|token|link) \d+\)$/;

const MAY: Readonly<Record<Role, string>> = {
  OWNER: 'As OWNER you may do everything there.',
  ADMIN: 'As ADMIN you may do everything there but what owners keep to themselves.',
  MEMBER: 'As MEMBER you start scans and accept what they find.',
  VIEWER: 'As VIEWER you look at what was found.',
};

/** What somebody gets who is invited into an organisation. The link's secret stands nowhere but in it. */
export function composeInvitation({
  id,
  organizationId,
  organizationName,
  createdBy,
  role,
  expiresAt,
  link,
}: Invitation & {
  organizationId: string;
  organizationName: string;
  link: string;
}): Promise<ComposedMessage> {
  const organization = printable(organizationName);
  const by = printable(createdBy).replace(CREDENTIAL, '');
  return composed(
    messageId('invitation', organizationId, String(id)),
    {
      title: `You are invited to ${organization}`,
      paragraphs: [
        `${by} invites you to the organisation ${organization} on vedette, which scans cloud accounts and keeps track of what it finds.`,
        MAY[role],
      ],
      action: { label: 'Accept the invitation', link },
      closing: [`The link works once, until ${timeText(expiresAt)}.`, NOT_YOU],
    },
    'Sent by vedette because your address was invited.',
  );
}

/** The way back in for somebody who has forgotten their password. */
export function composePasswordReset(of: {
  code: string;
  link: string;
  minutes: number;
}): Promise<ComposedMessage> {
  return composed(
    messageId('password-reset', of.code),
    {
      title: 'Choose a new password',
      paragraphs: ['Somebody, probably you, has asked for a new password for this address at vedette.'],
      action: { label: 'Choose a new password', link: of.link },
      closing: [
        `The link works once, within ${of.minutes} minutes. A new password signs you out everywhere; your second factor stays.`,
        'If it was not you, do nothing: your password stays as it is.',
      ],
    },
    'Sent by vedette because a new password was asked for.',
  );
}

/** Shows that an address is the person's own. */
export function composeVerification(of: { code: string; link: string }): Promise<ComposedMessage> {
  return composed(
    messageId('verification', of.code),
    {
      title: 'Confirm your address',
      paragraphs: ['Open the link in the browser in which you are signed in to vedette.'],
      action: { label: 'Confirm the address', link: of.link },
      closing: ['It works once, within a day.', NOT_YOU],
    },
    'Sent by vedette because somebody who is signed in with this address asked for it.',
  );
}

/** Told whenever a password was changed, so that nobody does so unnoticed. */
export function composePasswordNotice(of: { email: string; at: string }): Promise<ComposedMessage> {
  return composed(
    messageId('password-notice', of.email, of.at),
    {
      title: 'Your password was changed',
      paragraphs: [
        `The password for this address at vedette was changed on ${timeText(of.at)}. Every other browser was signed out.`,
      ],
      action: null,
      closing: [
        'If it was not you, ask for a new password on the page to sign in, and tell whoever runs vedette.',
      ],
    },
    'Sent by vedette whenever your password is changed.',
  );
}

async function composed(id: string, letter: Letter, footer: string): Promise<ComposedMessage> {
  const { title, paragraphs, action, closing } = letter;
  const { renderLetter } = await import('./letter-mail.tsx');
  const text = [
    ...paragraphs,
    ...(action === null ? [] : [`${action.label}:\n${action.link}`]),
    ...closing,
  ].join('\n\n');
  return {
    id,
    subject: excerpt(`vedette: ${title}`, SUBJECT_LENGTH),
    html: await renderLetter(letter, footer),
    text: `${text}\n\n-- \n${footer}\n`,
  };
}

const TIME = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' });

function timeText(at: string): string {
  return `${TIME.format(new Date(at))} UTC`;
}
