import { randomUUID } from 'node:crypto';
import { VedetteError } from '../errors.ts';
import type { Config } from '../settings.ts';
import { printable } from '../text/printable.ts';
import { deliver, mailTransportName } from './deliver.ts';
import type { SendOptions } from './deliver.ts';

/**
 * Sends a message that says it is a test, also while e-mail is disabled. Gives what it was sent with.
 *
 * @throws VedetteError as `deliver`, and `mail-refused` when only some recipients were accepted.
 */
export async function sendTestMessage(
  config: Config,
  options: SendOptions,
): Promise<'ses' | 'smtp' | 'none'> {
  const text = 'This is a test. Messages about new security events and failed runs arrive like this one.';
  const { renderSummaryMail } = await import('./summary-mail.tsx');
  const footer = 'Sent by vedette notify test.';
  const composed = {
    id: randomUUID(),
    subject: 'vedette: test message',
    html: await renderSummaryMail(text, text, footer),
    text: `${text}\n\n-- \n${footer}\n`,
  };
  const { rejected } = await deliver(config, composed, options);
  if (rejected.length > 0) {
    throw new VedetteError('mail-refused', `The mail server refused ${rejected.map(printable).join(', ')}.`, {
      remedy: 'Correct EMAIL_RECIPIENTS; the other recipients have got the message.',
    });
  }
  return mailTransportName(config);
}
