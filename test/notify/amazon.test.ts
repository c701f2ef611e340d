import { SESClient, VerifyDomainIdentityCommand, VerifyEmailIdentityCommand } from '@aws-sdk/client-ses';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { simpleParser } from 'mailparser';
import { openChannel } from '../../src/notify/channels/open.ts';
import { checkMail, deliver } from '../../src/notify/deliver.ts';
import { loadConfig } from '../../src/settings.ts';
import { freePort, MOTO_ACCOUNT, startMoto } from '../support/moto-server.ts';
import type { Moto } from '../support/moto-server.ts';
import { listenToTopic } from '../support/topic.ts';
import { dataJob, eventsMessage, failureOf, hostileNames, mailConfig, notified } from './fixtures.ts';

const message = { id: 'f'.repeat(32), subject: 'Grüße', html: '<p>Übersicht</p>', text: 'Übersicht\n' };
const aws = { region: 'eu-west-1', accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'very secret' };
const config = mailConfig({ recipients: ['a@example.com', 'b@example.com'] }, aws);
const soon = { signal: new AbortController().signal, timeoutMs: 2000 };

let moto: Moto;
let client: SESClient;

beforeAll(async () => {
  moto = await startMoto();
  client = new SESClient({ region: aws.region, endpoint: moto.url, credentials: aws });
});

afterAll(async () => {
  client.destroy();
  await moto.stop();
});

beforeEach(async () => {
  process.env.AWS_ENDPOINT_URL = moto.url;
  await fetch(`${moto.url}/moto-api/reset`, { method: 'POST' });
});

/** What moto kept of each message. */
async function sent(): Promise<{ source: string; destinations: string[]; raw_data: string }[]> {
  const data = (await (await fetch(`${moto.url}/moto-api/data.json`)).json()) as {
    ses?: { RawMessage?: { source: string; destinations: string[]; raw_data: string }[] };
  };
  return data.ses?.RawMessage ?? [];
}

test('sends the whole message to all recipients', async () => {
  await client.send(new VerifyEmailIdentityCommand({ EmailAddress: 'vedette@mail.example.com' }));
  expect(await deliver(config, message, soon)).toEqual({ rejected: [] });
  const [mail, ...others] = await sent();
  expect(others).toEqual([]);
  expect(new Set(mail?.destinations)).toEqual(new Set(['a@example.com', 'b@example.com']));
  expect(await simpleParser(mail?.raw_data ?? '')).toMatchObject({
    subject: message.subject,
    html: message.html,
    text: message.text,
    messageId: `<${message.id}@mail.example.com>`,
  });
});

test('sends to more recipients than SES takes in one message', async () => {
  await client.send(new VerifyEmailIdentityCommand({ EmailAddress: 'vedette@mail.example.com' }));
  const recipients = Array.from({ length: 60 }, (_, index) => `person-${index}@example.com`);
  expect(await deliver(mailConfig({ recipients }, aws), message, soon)).toEqual({ rejected: [] });
  const mails = await sent();
  expect(mails).toHaveLength(2);
  expect(new Set(mails.flatMap(({ destinations }) => destinations))).toEqual(new Set(recipients));
});

test('is refused when the sender is not verified', async () => {
  const failure = await failureOf(deliver(config, message, soon));
  expect(failure).toMatchObject({ type: 'mail-refused', remedy: expect.stringContaining('verified') });
  expect(failure.message).toMatch(/SES in eu-west-1.*vedette@mail\.example\.com/);
  expect(await sent()).toEqual([]);
});

test('the doctor learns whether the sender, its domain or a parent of that is verified', async () => {
  const unverified = await failureOf(checkMail(config, soon));
  expect(unverified).toMatchObject({
    type: 'mail-refused',
    message: expect.stringContaining('SES in eu-west-1'),
  });
  await client.send(new VerifyDomainIdentityCommand({ Domain: 'example.com' }));
  expect(await checkMail(config, soon)).toEqual({
    transport: 'ses',
    detail: 'SES in eu-west-1 accepts the credentials, sender example.com is verified',
  });
});

test('is worth trying again when SES cannot be reached', async () => {
  process.env.AWS_ENDPOINT_URL = 'http://127.0.0.1:1';
  const failure = await failureOf(deliver(config, message, soon));
  expect(failure).toMatchObject({
    type: 'mail-unreachable',
    message: expect.stringContaining('ECONNREFUSED'),
  });
  expect(failure.message).not.toContain(aws.secretAccessKey);
});

test('names the region when there is none', async () => {
  const failure = await failureOf(deliver(mailConfig({}, { ...aws, region: undefined }), message, soon));
  expect(failure).toMatchObject({ type: 'config-invalid', message: expect.stringContaining('AWS_REGION') });
});

test('is refused when no credentials are found', async () => {
  const anonymous = mailConfig({ transport: 'ses' }, { region: aws.region });
  expect(await failureOf(deliver(anonymous, message, soon))).toMatchObject({
    type: 'mail-refused',
    message: expect.stringContaining('credentials'),
  });
});

describe('a topic', () => {
  const { signal } = new AbortController();
  const configOf = (snsTopic: string) => loadConfig({ channels: { snsTopic }, aws }, '/nowhere', {}).config;

  test('gets the end of a job, as JSON for programs', async () => {
    const topic = await listenToTopic(moto, 'jobs', aws.region);
    const job = dataJob({ prefix: 'dökümente/' });
    await openChannel(configOf(topic.arn), 'sns').send({ kind: 'job', id: 'message-1', job }, signal);
    const [published, ...others] = await topic.received();
    topic.close();
    expect(others).toEqual([]);
    expect(published).toMatchObject({
      Subject: 'sensitive data in my-bucket/d?k?mente/: 234 findings',
      MessageAttributes: { type: { Type: 'String', Value: 'job.ended' } },
    });
    expect(JSON.parse(String(published?.['Message']))).toEqual({
      id: 'message-1',
      type: 'job.ended',
      data: job,
    });
  });

  test('gets no more than it takes', async () => {
    const topic = await listenToTopic(moto, 'events', aws.region);
    const names = Object.values(hostileNames);
    const events = Array.from({ length: 75 }, (_, index) =>
      notified(index, { title: names[index % names.length] as string, resourceName: '日'.repeat(5000) }),
    );
    const big = eventsMessage([{ level: 'high', total: 9000, events }], { profile: hostileNames.ansi });
    await openChannel(configOf(topic.arn), 'sns').send({ kind: 'events', id: 'big', message: big }, signal);
    const [published] = await topic.received();
    topic.close();
    expect(String(published?.['Message'])).toContain('HIGH (9000)');
  });

  test('that there is not is refused, and one that is away can be tried again', async () => {
    const missing = configOf(`arn:aws:sns:${aws.region}:${MOTO_ACCOUNT}:missing`);
    const send = () => openChannel(missing, 'sns').send({ kind: 'test', id: 'x' }, signal);
    expect(await failureOf(send())).toMatchObject({
      type: 'channel-refused',
      message: expect.stringContaining('missing'),
    });
    process.env.AWS_ENDPOINT_URL = `http://127.0.0.1:${await freePort()}`;
    expect(await failureOf(send())).toMatchObject({ type: 'channel-unreachable' });
  });

  test('is named by its ARN', () => {
    expect(() => configOf('my-topic')).toThrow('expected the ARN of a topic');
  });
});
