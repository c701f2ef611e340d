import type { Envelope } from './envelope.ts';

/** One way to send: SES or SMTP. */
export interface MailTransport {
  name: 'ses' | 'smtp';
  /** Recipients that one call of `send` may have. */
  mostRecipients: number;
  /** @throws VedetteError `mail-unreachable` or `mail-refused` when no recipient is served; the signal's reason. */
  send(mime: Buffer, envelope: Envelope, signal: AbortSignal): Promise<Delivery>;
  /** Connects and signs in without sending; one sentence about what was found. `from` is the sender's address. */
  check(from: string, signal: AbortSignal): Promise<string>;
}

export interface Delivery {
  /** Recipients that the server refused while it took others; empty for SES, which takes all or none. */
  rejected: readonly string[];
}
