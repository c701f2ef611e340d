import type { Config } from '../../settings.ts';
import type { Channel } from './channel.ts';
import { chatTextOf } from './chat-text.ts';
import { post } from './post.ts';

/**
 * A workflow of Microsoft Teams that posts cards ("When a Teams webhook request is received"). Text goes as text runs, in
 * which nothing is markup: names in an account link nowhere.
 */
export function teamsChannel({ api }: Config, url: string): Channel {
  return {
    name: 'teams',
    send(message, signal) {
      const { title, parts } = chatTextOf(message, api.publicUrl);
      const run = (text: string, looks = {}) => ({
        type: 'RichTextBlock',
        inlines: [{ type: 'TextRun', text, ...looks }],
      });
      const card = {
        $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
        type: 'AdaptiveCard',
        version: '1.4',
        body: [run(title, { weight: 'bolder', size: 'large' }), ...parts.map((part) => run(part))],
      };
      const attachments = [{ contentType: 'application/vnd.microsoft.card.adaptive', content: card }];
      return post('teams', url, { body: JSON.stringify({ type: 'message', attachments }) }, signal);
    },
  };
}
