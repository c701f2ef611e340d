import type { WorkContext } from '../work-context.ts';
import type { Channel, Message } from './channels/channel.ts';

/**
 * Sends a message on every channel, at once. One that cannot be reached is logged, while another can.
 *
 * @throws VedetteError of the first channel, when none could be reached
 */
export async function sendToAll(
  channels: readonly Channel[],
  message: Message,
  { signal, logger }: Pick<WorkContext, 'signal' | 'logger'>,
): Promise<void> {
  const results = await Promise.allSettled(channels.map((channel) => channel.send(message, signal)));
  const failed = results.filter((result) => result.status === 'rejected');
  if (failed.length === results.length) throw failed[0]?.reason;
  for (const { reason } of failed) logger.warn({ err: reason, kind: message.kind }, 'a channel was not told');
}
