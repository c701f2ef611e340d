import { VedetteError } from '../errors.ts';
import type { Config } from '../settings.ts';
import type { ComposedMessage } from './compose.ts';
import { envelopeOf, mimeOf } from './envelope.ts';
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
 * Sends a composed message to the configured recipients, once.
 *
 * @throws VedetteError `config-invalid` before anything is tried, naming the setting; `mail-unreachable` when a
 *   later attempt may succeed; `mail-refused` when only a change of settings helps. The signal's reason on abort.
 */
export async function deliver(
  config: Config,
  composed: ComposedMessage,
  { signal, timeoutMs = SEND_TIMEOUT_MS }: SendOptions,
): Promise<Delivery> {
  signal.throwIfAborted();
  const transport = transportOf(config, timeoutMs);
  const envelope = envelopeOf(config);
  return transport.send(await mimeOf(config, composed), envelope, signal);
}

/** For the doctor: everything that sending needs, without sending. Fails as {@link deliver} would. */
export async function checkMail(
  config: Config,
  { signal = new AbortController().signal, timeoutMs = CHECK_TIMEOUT_MS }: Partial<SendOptions> = {},
): Promise<{ transport: 'ses' | 'smtp'; detail: string }> {
  const transport = transportOf(config, timeoutMs);
  return { transport: transport.name, detail: await transport.check(envelopeOf(config), signal) };
}

function transportOf(config: Config, timeoutMs: number): MailTransport {
  const name = mailTransportName(config);
  if (name === 'ses') return sesTransport(config, timeoutMs);
  if (name === 'smtp') return smtpTransport(config, timeoutMs);
  throw new VedetteError('config-invalid', 'No mail server is configured: SMTP_HOST is not set.', {
    remedy: 'Set SMTP_HOST, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY for SES.',
  });
}
