import { VedetteError } from '../errors.ts';
import type { Config } from '../settings.ts';
import type { ComposedMessage } from './compose.ts';
import { envelopesOf, mimeOf } from './envelope.ts';
import type { Envelope } from './envelope.ts';
import { sesTransport } from './ses.ts';
import { smtpTransport } from './smtp.ts';
import type { Delivery, MailTransport } from './transport.ts';

export interface SendOptions {
  signal: AbortSignal;
  /** How long each step may take: connecting, the greeting, silence. */
  timeoutMs?: number;
}

const SEND_TIMEOUT_MS = 30_000;
const CHECK_TIMEOUT_MS = 10_000;

/** What a message would be sent with; `none` when neither SES credentials nor an SMTP server are configured. */
export function mailTransportName({ mail, aws }: Config): 'ses' | 'smtp' | 'none' {
  if (mail.transport !== 'auto') return mail.transport;
  if (aws.accessKeyId !== undefined && aws.secretAccessKey !== undefined) return 'ses';
  return mail.smtpHost === undefined ? 'none' : 'smtp';
}

/**
 * Sends a composed message to the configured recipients, once: to so many at a time as the server takes, the same message
 * each time. Those of a part that is refused while another one is taken are told as rejected.
 *
 * @throws VedetteError `config-invalid` before anything is tried, naming the setting; `mail-unreachable` when a
 *   later attempt may succeed, with all recipients; `mail-refused` when only a change of settings helps. The signal's
 *   reason on abort.
 */
export async function deliver(
  config: Config,
  composed: ComposedMessage,
  { signal, timeoutMs = SEND_TIMEOUT_MS }: SendOptions,
): Promise<Delivery> {
  signal.throwIfAborted();
  const transport = transportOf(config, timeoutMs);
  const envelopes = envelopesOf(config, transport.mostRecipients);
  const rejected: string[] = [];
  const refusals: unknown[] = [];
  for (const envelope of envelopes) {
    try {
      const delivery = await transport.send(await mimeOf(envelope, composed), envelope, signal);
      rejected.push(...delivery.rejected);
    } catch (error) {
      if (!(error instanceof VedetteError) || error.type !== 'mail-refused') throw error;
      refusals.push(error);
      rejected.push(...envelope.to.map(({ address }) => address));
    }
  }
  if (refusals.length === envelopes.length) throw refusals[0];
  return { rejected };
}

/**
 * Whether a message could be addressed and handed over, as far as the settings tell.
 *
 * @throws VedetteError `config-invalid`, naming the setting, as {@link deliver} would.
 */
export function checkMailSettings(config: Config): void {
  envelopesOf(config, transportOf(config, CHECK_TIMEOUT_MS).mostRecipients);
}

/** For the doctor: everything that sending needs, without sending. Fails as {@link deliver} would. */
export async function checkMail(
  config: Config,
  { signal = new AbortController().signal, timeoutMs = CHECK_TIMEOUT_MS }: Partial<SendOptions> = {},
): Promise<{ transport: 'ses' | 'smtp'; detail: string }> {
  const transport = transportOf(config, timeoutMs);
  const [{ from }] = envelopesOf(config, transport.mostRecipients) as [Envelope, ...Envelope[]];
  return { transport: transport.name, detail: await transport.check(from.address, signal) };
}

function transportOf(config: Config, timeoutMs: number): MailTransport {
  const name = mailTransportName(config);
  if (name === 'ses') return sesTransport(config, timeoutMs);
  if (name === 'smtp') return smtpTransport(config, timeoutMs);
  throw new VedetteError('config-invalid', 'No mail server is configured: SMTP_HOST is not set.', {
    remedy: 'Set SMTP_HOST, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY for SES.',
  });
}
