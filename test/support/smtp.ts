import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SMTPServer } from 'smtp-server';
import type { SMTPServerOptions } from 'smtp-server';

/**
 * How the server behaves: `busy` (4xx) and `reject` (5xx) answer the end of DATA, `stall` never answers it; `hang`
 * never greets, `drop` closes instead of greeting.
 */
export type SmtpMode = 'accept' | 'refuse-auth' | 'busy' | 'reject' | 'stall' | 'hang' | 'drop';

export interface ReceivedMail {
  /** Bare addresses of RCPT TO. */
  recipients: string[];
  /** Whether it came over TLS. */
  secure: boolean;
  user: string | undefined;
  raw: Buffer;
}

export interface SmtpSink {
  port: number;
  /** File with the certificate authority that signed the server's certificate for `localhost`. */
  caFile: string;
  received: ReceivedMail[];
  stop(): Promise<void>;
}

interface SinkOptions {
  mode?: SmtpMode;
  /** The only credentials that are accepted; without them no sign-in is offered. */
  auth?: { user: string; password: string };
  /** TLS from the first byte, as on port 465. */
  implicitTls?: boolean;
  /** Offer STARTTLS; true unless said otherwise. */
  startTls?: boolean;
  /** Recipients answered with 550. */
  unknownRecipients?: readonly string[];
  /** Messages that have arrived are answered once this is aborted. */
  heldUntil?: AbortSignal;
}

/** A real SMTP server on a free port of this machine that keeps what it is sent. Needs the `openssl` command. */
export async function startSmtpSink(options: SinkOptions = {}): Promise<SmtpSink> {
  const { mode = 'accept', auth, implicitTls = false, startTls = true, unknownRecipients = [] } = options;
  const { heldUntil } = options;
  const folder = mkdtempSync(join(tmpdir(), 'vedette-smtp-'));
  const received: ReceivedMail[] = [];
  const disabled = [...(auth === undefined ? ['AUTH'] : []), ...(startTls ? [] : ['STARTTLS'])];
  const server = new SMTPServer({
    ...certificate(folder),
    secure: implicitTls,
    disabledCommands: disabled,
    authOptional: auth === undefined,
    // With STARTTLS on offer, passwords are taken over TLS only.
    allowInsecureAuth: !startTls,
    closeTimeout: 100,
    onConnect(session, callback) {
      if (mode === 'drop') server.connections.forEach((connection) => connection.close());
      else if (mode !== 'hang') callback();
    },
    onAuth({ username, password }, _session, callback) {
      const right = mode !== 'refuse-auth' && username === auth?.user && password === auth?.password;
      if (right) callback(null, { user: username });
      else callback(answer(535, '5.7.8 authentication failed'));
    },
    onRcptTo({ address }, _session, callback) {
      callback(unknownRecipients.includes(address) ? answer(550, '5.1.1 no such user') : undefined);
    },
    onData(stream, session, callback) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        if (mode === 'stall') return;
        if (mode === 'busy') return callback(answer(451, '4.3.0 try again later'));
        if (mode === 'reject') return callback(answer(554, '5.7.1 message refused'));
        received.push({
          recipients: session.envelope.rcptTo.map(({ address }) => address),
          secure: session.secure,
          user: typeof session.user === 'string' ? session.user : undefined,
          raw: Buffer.concat(chunks),
        });
        if (heldUntil?.aborted === false) return heldUntil.addEventListener('abort', () => callback());
        return callback();
      });
    },
  } satisfies SMTPServerOptions);
  // A client that gives up in the middle of a handshake is part of what is tested.
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.server.address() as AddressInfo).port,
    caFile: join(folder, 'ca.pem'),
    received,
    async stop() {
      await new Promise<void>((resolve) => server.close(resolve));
      rmSync(folder, { recursive: true });
    },
  };
}

function answer(responseCode: number, text: string): Error {
  return Object.assign(new Error(text), { responseCode });
}

/** A certificate authority of its own, and a certificate for `localhost` that it signed. */
function certificate(folder: string): { key: Buffer; cert: Buffer } {
  const at = (name: string) => join(folder, name);
  const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  openssl(
    'req',
    '-x509',
    ...newKey,
    '-days',
    '1',
    '-subj',
    '/CN=Test CA',
    '-keyout',
    at('ca.key'),
    '-out',
    at('ca.pem'),
  );
  openssl('req', ...newKey, '-subj', '/CN=localhost', '-keyout', at('server.key'), '-out', at('server.csr'));
  writeFileSync(at('san'), 'subjectAltName=DNS:localhost,IP:127.0.0.1\n');
  const signed = [
    '-CA',
    at('ca.pem'),
    '-CAkey',
    at('ca.key'),
    '-CAcreateserial',
    '-days',
    '1',
    '-extfile',
    at('san'),
  ];
  openssl('x509', '-req', '-in', at('server.csr'), ...signed, '-out', at('server.pem'));
  return { key: readFileSync(at('server.key')), cert: readFileSync(at('server.pem')) };
}

function openssl(...args: string[]): void {
  execFileSync('openssl', args, { stdio: 'pipe' });
}
