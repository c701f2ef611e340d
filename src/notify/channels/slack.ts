import type { Config } from '../../settings.ts';
import type { Channel } from './channel.ts';
import { chatTextOf } from './chat-text.ts';
import { post } from './post.ts';

/** An incoming webhook of Slack. Text goes as `plain_text`: names in an account mention nobody and link nowhere. */
export function slackChannel({ api }: Config, url: string): Channel {
  return {
    name: 'slack',
    send(message, signal) {
      const { title, parts } = chatTextOf(message, api.publicUrl);
      const plain = (text: string) => ({ type: 'plain_text', text, emoji: false });
      const blocks = [
        { type: 'header', text: plain(title) },
        ...parts.map((part) => ({ type: 'section', text: plain(part) })),
      ];
      return post('slack', url, { body: JSON.stringify({ text: escaped(title), blocks }) }, signal);
    },
  };
}

/** What stands in the notification is `mrkdwn`, in which these three begin something. */
function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
