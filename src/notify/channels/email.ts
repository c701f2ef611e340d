import type { Config } from '../../settings.ts';
import {
  composeEndingMessage,
  composeEventsMessage,
  composeJobMessage,
  composeQuietMessage,
  composeSummaryMessage,
  composeTestMessage,
} from '../compose.ts';
import type { ComposedMessage } from '../compose.ts';
import { deliver } from '../deliver.ts';
import type { Channel, Message } from './channel.ts';

/** E-mail by SMTP or SES. */
export function emailChannel(config: Config): Channel {
  return {
    name: 'email',
    send: async (message, signal) => deliver(config, await compose(message, config), { signal }),
  };
}

function compose(message: Message, config: Config): Promise<ComposedMessage> {
  switch (message.kind) {
    case 'events':
      return composeEventsMessage(message.message, config);
    case 'summary':
      return composeSummaryMessage(message.run, message.titles);
    case 'job':
      return composeJobMessage(message, config);
    case 'suppressions':
      return composeEndingMessage(message, config);
    case 'quiet':
      return composeQuietMessage(message, config);
    case 'test':
      return composeTestMessage(message.id);
  }
}
