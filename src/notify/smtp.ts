import { once } from 'node:events';
import { createTransport } from 'nodemailer';
import type { NodemailerError, SMTPSentMessageInfo, SMTPTransportOptions, Transporter } from 'nodemailer';
import { VedetteError } from '../errors.ts';
import { readRegularFile } from '../regular-file.ts';
import type { Config } from '../settings.ts';
import { printable } from '../text/printable.ts';
import type { Envelope } from './envelope.ts';
import type { MailTransport } from './transport.ts';

const IMPLICIT_TLS_PORT = 465;
/** So many every server takes (RFC 5321, 4.5.3.1.8). */
const MOST_RECIPIENTS = 100;

/** Failures that the same message meets again: the server's word on who we are, its certificate, the addresses. */
const PERMANENT = ['EAUTH', 'ENOAUTH', 'ETLS', 'EENVELOPE', 'ECONFIG'];
/** What OpenSSL and Node call a certificate, or a partner, that TLS does not accept. */
const TLS_PROBLEM = /^(ERR_TLS|ERR_SSL|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|HOSTNAME_MISMATCH|EPROTO$)/;

/** @throws VedetteError `config-invalid` when the host or the certificate authority's file is missing. */
export function smtpTransport(config: Config, timeoutMs: number): MailTransport {
  const { smtpHost, smtpPort, smtpUser } = config.mail;
  if (smtpHost === undefined) {
    throw new VedetteError('config-invalid', 'SMTP_HOST names no mail server.', { remedy: 'Set SMTP_HOST.' });
  }
  const options = optionsOf(config, smtpHost, timeoutMs);
  const server = printable(`${smtpHost}:${smtpPort}`);
  return {
    name: 'smtp',
    mostRecipients: MOST_RECIPIENTS,
    async send(mime: Buffer, { from, to }: Envelope, signal: AbortSignal) {
      const envelope = { from: from.address, to: to.map(({ address }) => address) };
      const message = { raw: mime, envelope, signal };
      const { rejected } = await using(
        options,
        server,
        (transporter) => transporter.sendMail(message),
        signal,
      );
      return { rejected };
    },
    async check(_from: string, signal: AbortSignal) {
      await using(
        options,
        server,
        (transporter) => Promise.race([transporter.verify(), aborted(signal)]),
        signal,
      );
      const tls = options.secure === true || options.requireTLS === true ? 'with TLS' : 'without TLS';
      const user = smtpUser === undefined ? 'not signed in' : `signed in as ${printable(smtpUser)}`;
      return `SMTP server ${server} answers, ${tls}, ${user}`;
    },
  };
}

function optionsOf({ mail }: Config, host: string, timeoutMs: number): SMTPTransportOptions {
  const secure = mail.smtpPort === IMPLICIT_TLS_PORT;
  return {
    host,
    port: mail.smtpPort,
    secure,
    requireTLS: mail.smtpUseTls && !secure,
    ignoreTLS: !mail.smtpUseTls,
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    ...(mail.smtpUser === undefined ? {} : signIn(mail.smtpUser, mail.smtpPassword)),
    ...(mail.smtpCa === undefined
      ? {}
      : { tls: { ca: readRegularFile(mail.smtpCa, { setting: 'VEDETTE_SMTP_CA' }) } }),
  };
}

/** A server that offers no sign-in, though a user is configured, is not the one that was meant. */
function signIn(user: string, password = ''): Pick<SMTPTransportOptions, 'auth' | 'forceAuth'> {
  return { auth: { user, pass: password }, forceAuth: true };
}

async function using<Result>(
  options: SMTPTransportOptions,
  server: string,
  work: (transporter: Transporter<SMTPSentMessageInfo>) => Promise<Result>,
  signal: AbortSignal,
): Promise<Result> {
  const transporter = createTransport(options);
  try {
    return await work(transporter);
  } catch (error) {
    signal.throwIfAborted();
    throw failureOf(error as NodemailerError, server);
  } finally {
    transporter.close();
  }
}

/** Rejects once the signal aborts: `verify` takes no signal, its connection ends by its time-outs. */
async function aborted(signal: AbortSignal): Promise<never> {
  if (!signal.aborted) await once(signal, 'abort');
  throw signal.reason;
}

function failureOf(error: NodemailerError, server: string): VedetteError {
  const message = printable(error.message).replace(/\.$/, '');
  const certificate = TLS_PROBLEM.test(error.originalCode ?? '');
  const permanent = error.permanent ?? (certificate || PERMANENT.includes(error.code ?? ''));
  if (!permanent) {
    const state = error.responseCode === undefined ? 'cannot be reached' : 'is not ready';
    return new VedetteError('mail-unreachable', `The mail server ${server} ${state}: ${message}.`, {
      cause: error,
    });
  }
  const remedy =
    certificate || error.code === 'ETLS'
      ? 'Check SMTP_PORT and SMTP_USE_TLS, and name the certificate authority of a private server in VEDETTE_SMTP_CA.'
      : undefined;
  return new VedetteError('mail-refused', `The mail server ${server} refuses: ${message}.`, {
    cause: error,
    ...(remedy === undefined ? {} : { remedy }),
  });
}
