import { randomUUID } from 'node:crypto';
import { VedetteError } from '../errors.ts';
import type { ChannelName } from '../model/channel.ts';
import type { Config } from '../settings.ts';
import { printable } from '../text/printable.ts';
import { openChannel } from './channels/open.ts';

/**
 * Sends a message that says it is a test, on one channel, also while e-mail is disabled.
 *
 * @throws VedetteError as `openChannel` and `Channel.send`, and `mail-refused` when only some recipients were accepted.
 */
export async function sendTestMessage(
  config: Config,
  channel: ChannelName,
  signal: AbortSignal,
): Promise<void> {
  const { rejected } = await openChannel(config, channel).send({ kind: 'test', id: randomUUID() }, signal);
  if (rejected.length > 0) {
    throw new VedetteError('mail-refused', `The mail server refused ${rejected.map(printable).join(', ')}.`, {
      remedy: 'Correct EMAIL_RECIPIENTS; the other recipients have got the message.',
    });
  }
}
