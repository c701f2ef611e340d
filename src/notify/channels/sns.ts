import type { AwsError } from '../../aws/failures.ts';
import { ownIdentity } from '../../aws/own-identity.ts';
import { VedetteError } from '../../errors.ts';
import { CHANNEL_TITLES } from '../../model/channel.ts';
import type { Config } from '../../settings.ts';
import { printable } from '../../text/printable.ts';
import type { Channel, Message } from './channel.ts';
import { chatTextOf } from './chat-text.ts';
import { payloadOf } from './payload.ts';

const TIMEOUT_MS = 30_000;
/** What SNS takes of a subject, which may have nothing but ASCII in it. */
const MOST_SUBJECT = 100;
/** What SNS takes of a message with all of its forms is 256 KiB; bytes. */
const MOST_MESSAGE = 250_000;
/** To whom it goes as JSON; people, by e-mail and SMS, get text. */
const PROGRAMS = ['sqs', 'lambda', 'http', 'https', 'firehose'] as const;

/**
 * Publishes to a topic of Amazon SNS, in the region of its ARN, with the identity of vedette itself. People who subscribe
 * get text, programs the JSON that the webhook gets; the attribute `type` is what subscriptions may filter by.
 */
export function snsChannel({ aws, api }: Config, topic: string): Channel {
  const [, , , region = '', , name = ''] = topic.split(':');
  return {
    name: 'sns',
    async send(message, signal) {
      const { PublishCommand, SNSClient } = await import('@aws-sdk/client-sns');
      const client = new SNSClient({
        ...ownIdentity(aws),
        region,
        requestHandler: {
          connectionTimeout: TIMEOUT_MS,
          requestTimeout: TIMEOUT_MS,
          throwOnRequestTimeout: true,
        },
      });
      const { title, parts } = chatTextOf(message, api.publicUrl);
      const text = [title, ...parts].join('\n\n');
      const command = new PublishCommand({
        TopicArn: topic,
        Subject: title.replaceAll(/[^ -~]/g, '?').slice(0, MOST_SUBJECT),
        MessageStructure: 'json',
        Message: formsOf(message, text),
        MessageAttributes: { type: { DataType: 'String', StringValue: payloadOf(message).type } },
        ...(name.endsWith('.fifo') && { MessageGroupId: 'vedette', MessageDeduplicationId: message.id }),
      });
      try {
        await client.send(command, { abortSignal: signal });
        return { rejected: [] };
      } catch (error) {
        signal.throwIfAborted();
        throw await failureOf(error as AwsError, `${CHANNEL_TITLES.sns} (${printable(topic)})`);
      } finally {
        client.destroy();
      }
    },
  };
}

/** Every subscriber gets the form for its protocol; where all of them are too much, the text, as a part of JSON is of no use. */
function formsOf(message: Message, text: string): string {
  const json = JSON.stringify({ id: message.id, ...payloadOf(message) });
  const forms = { default: text, ...Object.fromEntries(PROGRAMS.map((name) => [name, json])) };
  const all = JSON.stringify(forms);
  return Buffer.byteLength(all) <= MOST_MESSAGE ? all : JSON.stringify({ default: text });
}

async function failureOf(error: AwsError, where: string): Promise<VedetteError> {
  const { isPassing } = await import('../../aws/failures.ts');
  const message = printable(error.message || (error.code ?? error.name)).replace(/\.$/, '');
  if (isPassing(error)) {
    return new VedetteError('channel-unreachable', `${where} cannot be reached: ${message}.`, {
      cause: error,
    });
  }
  return new VedetteError('channel-refused', `${where} refuses: ${message}.`, {
    remedy:
      'Check VEDETTE_SNS_TOPIC_ARN, and that the identity of AWS_ACCESS_KEY_ID may sns:Publish to the topic.',
    cause: error,
  });
}
