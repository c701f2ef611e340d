import { pino } from 'pino';
import type { Logger } from 'pino';

export type { Logger };

/** Whatever carries these names is never logged. */
const SECRETS = ['password', 'secretAccessKey', 'sessionToken', 'apiKey', 'smtpPassword', 'authorization'];
const redact = { paths: SECRETS.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]), censor: '[redacted]' };

/** JSON lines on stderr; on a terminal, pretty ones. Results go to stdout, which is never logged to. */
export function createLogger(level: string, { pretty = process.stderr.isTTY } = {}): Logger {
  if (!pretty) return pino({ level, redact, base: null }, pino.destination(2));
  const options = { destination: 2, ignore: 'pid,hostname', translateTime: 'SYS:HH:MM:ss' };
  return pino({ level, redact, base: null, transport: { target: 'pino-pretty', options } });
}

export const silent: Logger = pino({ level: 'silent' });
