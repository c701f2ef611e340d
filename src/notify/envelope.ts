import MailComposer from 'nodemailer/lib/mail-composer';
import { VedetteError } from '../errors.ts';
import type { Config } from '../settings.ts';
import { mailboxOf } from './addresses.ts';
import type { Mailbox } from './addresses.ts';
import type { ComposedMessage } from './compose.ts';

/** Whom a message is from and whom it goes to. */
export interface Envelope {
  from: Mailbox;
  to: readonly Mailbox[];
}

/**
 * Whom each part of a message that is to go to all recipients is for, `most` at a time.
 *
 * @throws VedetteError `config-invalid`, naming the setting that lacks an address.
 */
export function envelopesOf(config: Config, most: number): Envelope[] {
  const from = senderOf(config);
  const recipients = recipientsOf(config);
  const parts = Array.from({ length: Math.ceil(recipients.length / most) }, (_, index) => index * most);
  return parts.map((start) => ({ from, to: recipients.slice(start, start + most) }));
}

/** The message as it travels, the same bytes for SMTP and SES. Two calls differ in the Date header only. */
export async function mimeOf(
  { from, to }: Envelope,
  { id, subject, html, text }: ComposedMessage,
): Promise<Buffer> {
  const domain = from.address.slice(from.address.lastIndexOf('@') + 1);
  return new MailComposer({
    from,
    to: [...to],
    subject,
    html,
    text,
    messageId: `<${id}@${domain}>`,
    // SES replaces the Message-ID by its own, but keeps X- headers.
    headers: { 'Auto-Submitted': 'auto-generated', 'X-Vedette-Message': id },
    baseBoundary: id,
    newline: 'win',
  })
    .compile()
    .build();
}

function senderOf({ mail }: Config): Mailbox {
  const sender = mail.from ?? mail.smtpUser;
  if (sender === undefined) throw invalid('SMTP_FROM', 'names no sender of the e-mails');
  const mailbox = mailboxOf(sender);
  if (mailbox !== undefined) return mailbox;
  throw invalid('SMTP_FROM', 'is not one e-mail address (without it, SMTP_USER has to be one)');
}

function recipientsOf({ mail }: Config): Mailbox[] {
  if (mail.recipients.length === 0) throw invalid('EMAIL_RECIPIENTS', 'names no recipient');
  const mailboxes = mail.recipients.flatMap((recipient) => mailboxOf(recipient) ?? []);
  return [...new Map(mailboxes.map((mailbox) => [mailbox.address, mailbox])).values()];
}

function invalid(variable: string, problem: string): VedetteError {
  return new VedetteError('config-invalid', `${variable} ${problem}.`, { remedy: `Set ${variable}.` });
}
