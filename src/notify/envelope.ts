import addressparser from 'nodemailer/lib/addressparser';
import MailComposer from 'nodemailer/lib/mail-composer';
import { VedetteError } from '../errors.ts';
import type { Config } from '../settings.ts';
import { printable } from '../text/printable.ts';
import type { ComposedMessage } from './compose.ts';

/** Whom a message is from and whom it goes to: bare addresses. */
export interface Envelope {
  from: string;
  to: readonly string[];
}

/** @throws VedetteError `config-invalid`, naming the setting that lacks an address. */
export function envelopeOf(config: Config): Envelope {
  const { recipients } = config.mail;
  if (recipients.length === 0) throw invalid('EMAIL_RECIPIENTS', 'names no recipient');
  return { from: onlyAddress(senderOf(config)), to: recipients.map(recipientAddress) };
}

/**
 * The message as it travels, the same bytes for SMTP and SES. Two calls differ in the Date header only.
 *
 * @throws VedetteError `config-invalid` as {@link envelopeOf}.
 */
export async function mimeOf(config: Config, { id, subject, html, text }: ComposedMessage): Promise<Buffer> {
  const { from } = envelopeOf(config);
  const domain = from.slice(from.lastIndexOf('@') + 1);
  return new MailComposer({
    from: senderOf(config),
    to: [...config.mail.recipients],
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

function senderOf({ mail }: Config): string {
  const sender = mail.from ?? mail.smtpUser;
  if (sender === undefined) throw invalid('SMTP_FROM', 'names no sender of the e-mails');
  return sender;
}

function onlyAddress(sender: string): string {
  const [address, second] = parsed(sender);
  if (address === undefined || second !== undefined) {
    throw invalid('SMTP_FROM', 'is not one e-mail address (without it, SMTP_USER has to be one)');
  }
  return address;
}

function recipientAddress(recipient: string): string {
  const [address, second] = parsed(recipient);
  if (address === undefined || second !== undefined) {
    throw invalid('EMAIL_RECIPIENTS', `has an entry that is not an e-mail address: ${printable(recipient)}`);
  }
  return address;
}

/** Only what looks like `local@domain`, in text that cannot end a header or an SMTP command. */
function parsed(text: string): string[] {
  if (/\p{Cc}/u.test(text)) return [];
  return addressparser(text, { flatten: true })
    .map(({ address }) => address)
    .filter((address) => /^[^\s@<>]+@[^\s@<>]+$/.test(address));
}

function invalid(variable: string, problem: string): VedetteError {
  return new VedetteError('config-invalid', `${variable} ${problem}.`, { remedy: `Set ${variable}.` });
}
