import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Message } from '../../../src/notify/channels/channel.ts';
import { enabledChannels, openChannel } from '../../../src/notify/channels/open.ts';
import { loadConfig } from '../../../src/settings.ts';
import type { Config, ConfigOverrides } from '../../../src/settings.ts';
import { startHttpSink } from '../../support/http-sink.ts';
import type { HttpSink } from '../../support/http-sink.ts';
import { eventsMessage, failureOf, hostileNames, notified, ordinary } from '../fixtures.ts';

let sink: HttpSink;
beforeEach(async () => {
  sink = await startHttpSink();
});
afterEach(() => sink.stop());

const MESSAGE: Message = { kind: 'events', id: 'message-1', message: ordinary };
const { signal } = new AbortController();

function configOf(channels: NonNullable<ConfigOverrides['channels']>): Config {
  return loadConfig({ channels }, '/nowhere', {}).config;
}

const bodies = (): unknown[] => sink.received.map(({ body }) => JSON.parse(body) as unknown);

describe('the webhook', () => {
  test.each([
    ['plain', 'a secret', Buffer.from('a secret')],
    ['encoded', `whsec_${Buffer.from('a secret').toString('base64')}`, Buffer.from('a secret')],
  ])(
    'gets JSON that is signed as Standard Webhooks says, by a secret that is %s',
    async (_how, secret, key) => {
      const config = configOf({ webhookUrl: `${sink.url}/hook`, webhookSecret: secret });
      await openChannel(config, 'webhook').send(MESSAGE, signal);
      const [{ headers, body, path }] = sink.received as [HttpSink['received'][number]];
      expect(path).toBe('/hook');
      expect(JSON.parse(body)).toEqual({ type: 'events.notified', data: ordinary });
      expect(headers['webhook-id']).toBe('message-1');
      const timestamp = Number(headers['webhook-timestamp']);
      expect(Math.abs(Date.now() / 1000 - timestamp)).toBeLessThan(300);
      const signature = createHmac('sha256', key).update(`message-1.${timestamp}.${body}`).digest('base64');
      expect(headers['webhook-signature']).toBe(`v1,${signature}`);
    },
  );

  test('is refused without a secret', async () => {
    expect(() => enabledChannels(configOf({ webhookUrl: sink.url }))).toThrow('VEDETTE_WEBHOOK_SECRET');
  });

  test('leads nowhere else', async () => {
    sink.answers = 307;
    const config = configOf({ webhookUrl: sink.url, webhookSecret: 'x' });
    expect(await failureOf(openChannel(config, 'webhook').send(MESSAGE, signal))).toMatchObject({
      type: 'channel-refused',
      message: expect.stringContaining('redirect'),
    });
    expect(sink.received).toHaveLength(1);
  });
});

test('Slack gets the text as plain text', async () => {
  await openChannel(configOf({ slackUrl: sink.url }), 'slack').send(MESSAGE, signal);
  expect(bodies()).toMatchSnapshot();
});

test('Teams gets a card of plain text', async () => {
  await openChannel(configOf({ teamsUrl: sink.url }), 'teams').send(MESSAGE, signal);
  expect(bodies()).toMatchSnapshot();
});

test.each(['slack', 'teams'] as const)(
  '%s gets no more than it takes, and only what can be printed',
  async (name) => {
    const names = Object.values(hostileNames);
    const events = Array.from({ length: 75 }, (_, index) =>
      notified(index, {
        checkId: `check-${index}`,
        title: names[index % names.length] as string,
        resourceName: 'x'.repeat(5000),
      }),
    );
    const message = eventsMessage([{ level: 'high', total: 9000, events }], { profile: hostileNames.ansi });
    const config = configOf({ slackUrl: sink.url, teamsUrl: sink.url });
    await openChannel(config, name).send({ kind: 'events', id: 'big', message }, signal);
    const [{ body }] = sink.received as [HttpSink['received'][number]];
    expect(Buffer.byteLength(body)).toBeLessThan(28_000);
    const texts = [...body.matchAll(/"text":"((?:[^"\\]|\\.)*)"/g)].map(
      ([, text]) => JSON.parse(`"${text}"`) as string,
    );
    expect(Math.max(...texts.map(({ length }) => length))).toBeLessThanOrEqual(3000);
    expect(texts.join('').replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    expect(body).toContain('… and 8990 more');
  },
);

test.each([
  [503, 'channel-unreachable'],
  [429, 'channel-unreachable'],
  [404, 'channel-refused'],
])('an answer of %d is %s, told without the address', async (status, type) => {
  sink.answers = status;
  const config = configOf({ slackUrl: `${sink.url}/services/T000/secret` });
  const failure = await failureOf(openChannel(config, 'slack').send({ kind: 'test', id: 'x' }, signal));
  expect(failure.type).toBe(type);
  expect(failure.message).toContain(String(status));
  expect(failure.message).not.toContain('secret');
});

test('a receiver that is away can be tried again', async () => {
  const { url } = sink;
  await sink.stop();
  const config = configOf({ teamsUrl: `${url}/secret` });
  const failure = await failureOf(openChannel(config, 'teams').send({ kind: 'test', id: 'x' }, signal));
  expect(failure).toMatchObject({
    type: 'channel-unreachable',
    message: expect.stringMatching(/Microsoft Teams \(127\.0\.0\.1:\d+\) cannot be reached: ECONNREFUSED/),
  });
  sink = await startHttpSink();
});

test('a channel without an address names the setting', () => {
  expect(() => openChannel(configOf({}), 'teams')).toThrow('VEDETTE_TEAMS_WEBHOOK_URL is not set');
  expect(enabledChannels(configOf({}))).toEqual([]);
});
