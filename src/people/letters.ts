import { reportOf, VedetteError } from '../errors.ts';
import type { Logger } from '../log.ts';
import type { ComposedMessage } from '../notify/compose.ts';
import { deliver, mailTransportName } from '../notify/deliver.ts';
import type { Config } from '../settings.ts';
import type { Store } from '../store/database/store.ts';

const MAIL_TIMEOUT_MS = 10_000;

/** What is needed to write to people. */
export interface Post {
  store: Store;
  config: Config;
  logger: Logger;
}

/**
 * A page of the dashboard as letters may link to it; null where nothing can be sent. Only the public address will do: any
 * other could be chosen by whoever asks.
 */
export function linkInLetters({ config }: Pick<Post, 'config'>, page: string, code: string): string | null {
  const { publicUrl } = config.api;
  if (publicUrl === undefined || mailTransportName(config) === 'none') return null;
  return pageLink(publicUrl, page, code);
}

/** The code stands behind `#`, which no browser sends to any server. */
export function pageLink(base: string, page: string, code: string): string {
  return `${base.replace(/\/$/, '')}/${page}#code=${code}`;
}

/** @throws VedetteError `usage` where nothing can be sent */
export function requirePost(post: Pick<Post, 'config'>): void {
  if (linkInLetters(post, '', '') !== null) return;
  throw new VedetteError('usage', 'This installation sends no e-mails.', {
    remedy: 'Ask whoever runs it for a link: vedette user link EMAIL.',
  });
}

/** Sends somebody a letter; false when that did not work, which is logged. */
export async function sendLetter(
  { config, logger }: Omit<Post, 'store'>,
  email: string,
  letter: ComposedMessage,
): Promise<boolean> {
  const addressed = { ...config, mail: { ...config.mail, recipients: [email] } };
  try {
    const { rejected } = await deliver(addressed, letter, {
      signal: AbortSignal.timeout(MAIL_TIMEOUT_MS),
      timeoutMs: MAIL_TIMEOUT_MS,
    });
    return rejected.length === 0;
  } catch (error) {
    logger.warn({ failure: reportOf(error) }, 'a letter to somebody was not sent');
    return false;
  }
}
