import { createHmac } from 'node:crypto';
import { VedetteError } from '../../errors.ts';
import { runSummaryText } from '../../report/execution-summary.ts';
import type { Config } from '../../settings.ts';
import type { Channel, Message } from './channel.ts';
import { post } from './post.ts';

const ENCODED_SECRET = 'whsec_';

/**
 * JSON to a web address, signed as Standard Webhooks says: `webhook-signature` is `v1,` and the HMAC-SHA256, in base64, of
 * `<webhook-id>.<webhook-timestamp>.<body>`. The receiver refuses old timestamps, and ids that it has seen.
 *
 * @throws VedetteError `config-invalid` without a secret to sign with.
 */
export function webhookChannel({ channels }: Config, url: string): Channel {
  const { webhookSecret } = channels;
  if (webhookSecret === undefined) {
    throw new VedetteError('config-invalid', 'VEDETTE_WEBHOOK_SECRET is not set.', {
      remedy: 'Set it, and have the receiver check the signatures that are made with it.',
    });
  }
  const key = webhookSecret.startsWith(ENCODED_SECRET)
    ? Buffer.from(webhookSecret.slice(ENCODED_SECRET.length), 'base64')
    : Buffer.from(webhookSecret, 'utf8');
  return {
    name: 'webhook',
    async send(message, signal) {
      const body = JSON.stringify(payloadOf(message));
      const timestamp = String(Math.floor(Date.now() / 1000));
      const signature = createHmac('sha256', key)
        .update(`${message.id}.${timestamp}.${body}`)
        .digest('base64');
      const headers = {
        'webhook-id': message.id,
        'webhook-timestamp': timestamp,
        'webhook-signature': `v1,${signature}`,
      };
      return post('webhook', url, { body, headers }, signal);
    },
  };
}

function payloadOf(message: Message): { type: string; data: unknown } {
  switch (message.kind) {
    case 'events':
      return { type: 'events.notified', data: message.message };
    case 'summary': {
      const { run, titles } = message;
      return { type: 'run.failed', data: { ...run, text: runSummaryText(run, titles) } };
    }
    case 'suppressions':
      return { type: 'suppressions.ending', data: { suppressions: message.suppressions } };
    case 'quiet':
      return { type: 'accounts.quiet', data: { accounts: message.accounts } };
    case 'test':
      return { type: 'test', data: {} };
  }
}
