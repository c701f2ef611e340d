import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { simpleParser } from 'mailparser';
import type { ObservedEvent } from '../../src/model/observation.ts';
import { notifyScan } from '../../src/notify/notify-scan.ts';
import { previewScan } from '../../src/notify/preview.ts';
import { sendTestMessage } from '../../src/notify/test-message.ts';
import type { ConfigOverrides } from '../../src/settings.ts';
import type { Config } from '../../src/settings.ts';
import type { Store } from '../../src/store/database/store.ts';
import { listEvents } from '../../src/store/events/events.ts';
import { persistScan } from '../../src/store/scans/persist.ts';
import { resolveEvents } from '../../src/store/scans/resolve.ts';
import { loadScanOutcome } from '../../src/store/scans/scans.ts';
import { startHttpSink } from '../support/http-sink.ts';
import type { HttpSink } from '../support/http-sink.ts';
import { ACCOUNT, at, observe } from '../support/observations.ts';
import { spawnNode } from '../support/processes.ts';
import { startSmtpSink } from '../support/smtp.ts';
import type { SmtpMode, SmtpSink } from '../support/smtp.ts';
import { createDatabase, DATABASES, workContext } from '../support/stores.ts';
import type { TestDatabase } from '../support/stores.ts';
import { failureOf, mailConfig } from './fixtures.ts';

const INPUT = {
  organizationId: 'default',
  runId: null,
  profile: 'production',
  resultsSha256: 'ab'.repeat(32),
};
const NOTHING = { notified: 0, sent: false, warning: null };
const high = (resourceId: string): Partial<ObservedEvent> => ({ resourceId, level: 'high' });
const low = (resourceId: string): Partial<ObservedEvent> => ({
  resourceId,
  level: 'low',
  checkId: 'ec2-low',
});

let database: TestDatabase;
let store: Store;
let sinks: SmtpSink[];

beforeEach(async () => {
  sinks = [];
  database = createDatabase('sqlite');
  store = await database.open();
});

afterEach(async () => {
  await database.remove();
  await Promise.all(sinks.map((sink) => sink.stop()));
});

async function sinkOf(
  mode: SmtpMode = 'accept',
  unknownRecipients: readonly string[] = [],
): Promise<SmtpSink> {
  const sink = await startSmtpSink({ mode, unknownRecipients });
  sinks.push(sink);
  return sink;
}

function sendingTo({ port, caFile }: SmtpSink, mail: ConfigOverrides['mail'] = {}): Config {
  return mailConfig({ transport: 'smtp', smtpHost: 'localhost', smtpPort: port, smtpCa: caFile, ...mail });
}

/** Records a scan `minutes` after the first; gives its number. */
async function scan(
  minutes: number,
  events: readonly Partial<ObservedEvent>[],
  accountId = ACCOUNT,
): Promise<number> {
  const made = {
    scanTime: at(minutes),
    events,
    accountId,
    services: [{ service: 'ec2' }],
    checks: ['ec2/ec2-open-port'],
  };
  const { scanId } = await persistScan(store, observe(made), INPUT, workContext());
  await resolveEvents(store, scanId, workContext());
  return scanId;
}

function notify(config: Config, scanId: number, initial = false) {
  return notifyScan(store, config, { organizationId: 'default', scanId, initial }, workContext());
}

async function notifiedResources(): Promise<string[]> {
  const { events } = await listEvents(store, { organizationId: 'default' }, { limit: 100 });
  return events
    .filter((event) => event.notified)
    .map(({ resourceId }) => resourceId)
    .toSorted();
}

test('sends one message about what is new, of the wanted levels, and marks just that', async () => {
  const sink = await sinkOf();
  const scanId = await scan(0, [high('sg-1'), high('sg-2'), low('sg-3')]);
  expect(await notify(sendingTo(sink), scanId)).toEqual({ notified: 2, sent: true, warning: null });
  expect(sink.received).toHaveLength(1);
  const mail = await simpleParser(sink.received[0]?.raw ?? '');
  expect(mail.subject).toBe(`vedette: 2 high in production (${ACCOUNT})`);
  expect(mail.text).toMatch(/A port is open\nec2 \/ ec2-open-port\n.*\(sg-1\).*new\n.*\(sg-2\).*new\n/);
  expect(mail.text).not.toContain('sg-3');
  expect(await notifiedResources()).toEqual(['sg-1', 'sg-2']);
  expect((await loadScanOutcome(store, 'default', scanId)).notified).toBe(2);
});

test('tells each event once, and again when it comes back', async () => {
  const sink = await sinkOf();
  const config = sendingTo(sink);
  await notify(config, await scan(0, [high('sg-1')]));
  expect(await notify(config, await scan(1, [high('sg-1')]))).toEqual(NOTHING);
  expect(await notify(config, await scan(2, []))).toEqual(NOTHING);
  expect(await notify(config, await scan(3, [high('sg-1')]))).toMatchObject({ notified: 1, sent: true });
  const texts = await Promise.all(sink.received.map(async ({ raw }) => (await simpleParser(raw)).text));
  expect(texts).toEqual([expect.stringContaining(', new\n'), expect.stringContaining(', reopened\n')]);
});

test('counts and marks also what the message has no room for', async () => {
  const sink = await sinkOf();
  const events = Array.from({ length: 90 }, (_, index) => high(`sg-${index}`));
  expect(await notify(sendingTo(sink), await scan(0, events))).toMatchObject({ notified: 90, sent: true });
  const { text } = await simpleParser(sink.received[0]?.raw ?? '');
  expect(text).toMatch(/HIGH \(90\)[^]*and 15 more/);
  expect(await notifiedResources()).toHaveLength(90);
});

test('the first message after switching mail on is no flood: what is known is counted', async () => {
  const sink = await sinkOf();
  const config = sendingTo(sink);
  const old = Array.from({ length: 90 }, (_, index) => high(`sg-${index}`));
  await scan(0, old);
  const scanId = await scan(1, [...old, high('sg-latest')]);
  const url = 'https://vedette.example.com';
  const reachable = { ...config, api: { ...config.api, publicUrl: url } };
  expect(await notify(reachable, scanId)).toMatchObject({ notified: 91, sent: true });
  const { text = '', subject } = await simpleParser(sink.received[0]?.raw ?? '');
  expect(subject).toContain('91 high');
  expect(text).toMatch(/sg-latest.*, new$/m);
  expect(text.match(/, new$/gm)).toHaveLength(1);
  expect(text.match(/, not told before$/gm)).toHaveLength(15);
  expect(text).toContain('and 75 more');
  expect(text).toContain(`${url}/events?account=${ACCOUNT}&status=active&level=high`);
  expect(await notifiedResources()).toHaveLength(91);
});

test('keeps to its account', async () => {
  const sink = await sinkOf();
  const scanId = await scan(0, [high('sg-mine')]);
  await scan(0, [high('sg-other')], '222222222222');
  await notify(sendingTo(sink), scanId);
  expect(await notifiedResources()).toEqual(['sg-mine']);
});

test.each(['busy', 'reject', 'drop'] as const)(
  'a server that answers %s leaves it to the next scan',
  async (mode) => {
    const away = await sinkOf(mode);
    await failureOf(notify(sendingTo(away), await scan(0, [high('sg-1')])));
    expect(await notifiedResources()).toEqual([]);
    const back = await sinkOf();
    const second = await scan(1, [high('sg-1'), high('sg-2')]);
    expect(await notify(sendingTo(back), second)).toMatchObject({ notified: 2, sent: true });
  },
);

test('names the recipients that the server refused while it took others', async () => {
  const sink = await sinkOf('accept', ['gone@example.com']);
  const config = sendingTo(sink, { recipients: ['gone@example.com', 'here@example.com'] });
  expect(await notify(config, await scan(0, [high('sg-1')]))).toEqual({
    notified: 1,
    sent: true,
    warning: expect.stringContaining('gone@example.com'),
  });
});

test.each([
  ['an initial scan', {}, true],
  ['INITIAL_SCAN', { initialScan: true }, false],
  ['an initial scan while e-mail is disabled', { enabled: false }, true],
])('%s marks events of all levels without sending', async (_case, mail, initial) => {
  const sink = await sinkOf();
  const scanId = await scan(0, [high('sg-1'), low('sg-2')]);
  expect(await notify(sendingTo(sink, mail), scanId, initial)).toEqual({ ...NOTHING, notified: 2 });
  expect(sink.received).toEqual([]);
  expect(await notifiedResources()).toEqual(['sg-1', 'sg-2']);
});

test.each([
  ['e-mail is disabled', { enabled: false }],
  ['nothing is to be sent about new events', { onNewFindings: false }],
  ['no event has a wanted level', { onSeverity: ['critical'] }],
])('does nothing when %s', async (_case, mail) => {
  const sink = await sinkOf();
  expect(await notify(sendingTo(sink, mail), await scan(0, [high('sg-1')]))).toEqual(NOTHING);
  expect(sink.received).toEqual([]);
  expect(await notifiedResources()).toEqual([]);
});

test('a scan older than the newest one has nothing to tell', async () => {
  const sink = await sinkOf();
  await scan(5, [high('sg-1')]);
  expect(await notify(sendingTo(sink), await scan(0, [high('sg-2')]))).toEqual(NOTHING);
  expect(sink.received).toEqual([]);
});

test('the preview of the newest scan writes files, and leaves everything as it is', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'vedette-preview-'));
  try {
    const scanId = await scan(0, [high('sg-1')]);
    const files = await previewScan(store, mailConfig({ enabled: false }), { scanId: null, folder });
    expect(files).toEqual([
      join(folder, `vedette-scan-${scanId}.html`),
      join(folder, `vedette-scan-${scanId}.txt`),
    ]);
    expect(readdirSync(folder)).toHaveLength(2);
    for (const file of files) expect(readFileSync(file, 'utf8')).toContain('sg-1');
    expect(await notifiedResources()).toEqual([]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('a preview says when there is nothing to show', async () => {
  const nowhere = { scanId: null, folder: tmpdir() };
  expect((await failureOf(previewScan(store, mailConfig(), nowhere))).message).toContain('no scan yet');
  const scanId = await scan(0, [low('sg-1')]);
  expect((await failureOf(previewScan(store, mailConfig(), { ...nowhere, scanId }))).message).toContain(
    'no message',
  );
  const unknown = await failureOf(previewScan(store, mailConfig(), { ...nowhere, scanId: 4711 }));
  expect(unknown.type).toBe('not-found');
});

test('a test message goes to all recipients, also while e-mail is disabled', async () => {
  const sink = await sinkOf();
  await sendTestMessage(sendingTo(sink, { enabled: false }), 'email', workContext().signal);
  expect((await simpleParser(sink.received[0]?.raw ?? '')).subject).toBe('vedette: test message');
  const picky = await sinkOf('accept', ['gone@example.com']);
  const config = sendingTo(picky, { recipients: ['gone@example.com', 'here@example.com'] });
  expect(await failureOf(sendTestMessage(config, 'email', workContext().signal))).toMatchObject({
    type: 'mail-refused',
    message: expect.stringContaining('gone@example.com'),
  });
});

describe.each(DATABASES)('several channels, on %s', (kind) => {
  let sink: SmtpSink;
  let web: HttpSink;
  let config: Config;

  beforeEach(async () => {
    await database.remove();
    database = createDatabase(kind);
    store = await database.open();
    sink = await sinkOf();
    web = await startHttpSink();
    const mail = sendingTo(sink);
    config = { ...mail, channels: { ...mail.channels, slackUrl: `${web.url}/secret` } };
  });
  afterEach(() => web.stop());

  test('each tells of an event once, also where another fails for a while', async () => {
    web.answers = 503;
    const first = await scan(0, [high('sg-1')]);
    expect(await failureOf(notify(config, first))).toMatchObject({
      type: 'channel-unreachable',
      message: expect.not.stringContaining('secret'),
    });
    expect(await notifiedResources()).toEqual([]);
    expect(sink.received).toHaveLength(1);

    web.answers = 200;
    const second = await scan(1, [high('sg-1'), high('sg-2')]);
    expect(await notify(config, second)).toEqual({ notified: 2, sent: true, warning: null });
    const mails = await Promise.all(sink.received.map(async ({ raw }) => (await simpleParser(raw)).text));
    expect(mails.map((text = '') => text.match(/\(sg-\d\)/g))).toEqual([['(sg-1)'], ['(sg-2)']]);
    expect(web.received.at(-1)?.body).toMatch(/2 high/);
    expect(await store.read('SELECT id FROM vedette_told_events')).toEqual([]);
    expect(await notify(config, await scan(2, [high('sg-1'), high('sg-2')]))).toEqual(NOTHING);
  });

  test('an event that came back is told again by the one that had told of it already', async () => {
    web.answers = 503;
    await failureOf(notify(config, await scan(0, [high('sg-1')])));
    await notify(config, await scan(1, []));
    expect(await failureOf(notify(config, await scan(2, [high('sg-1')])))).toMatchObject({
      type: 'channel-unreachable',
    });
    expect(sink.received).toHaveLength(2);
    web.answers = 200;
    await notify(config, await scan(3, [high('sg-1')]));
    expect(sink.received).toHaveLength(2);
    expect(await notifiedResources()).toEqual(['sg-1']);
  });
});

describe.each(DATABASES)('several processes, on %s', (kind) => {
  const PROCESS = 'test/support/notify-process.ts';
  let held: AbortController;
  let sink: SmtpSink;
  let config: Config;

  beforeEach(async () => {
    await database.remove();
    database = createDatabase(kind);
    store = await database.open();
    held = new AbortController();
    sink = await startSmtpSink({ heldUntil: held.signal });
    sinks.push(sink);
    config = { ...sendingTo(sink), general: database.config.general, database: database.config.database };
  });

  async function until(done: () => boolean): Promise<void> {
    while (!done()) await sleep(20);
  }

  test('tell of the same events once', async () => {
    const [first, second] = [await scan(0, [high('sg-1')]), await scan(1, [high('sg-1')])];
    const one = spawnNode(PROCESS, JSON.stringify({ config, scanId: first }));
    await until(() => sink.received.length === 1);
    const other = spawnNode(PROCESS, JSON.stringify({ config, scanId: second }));
    await once(other.child.stdout as NodeJS.ReadableStream, 'data');
    // Time enough for the other one to send as well, if it did.
    await sleep(1000);
    held.abort();
    const ends = await Promise.all([one.ended, other.ended]);
    expect(ends.map(({ stdout, stderr }) => [JSON.parse(stdout.split('\n')[1] ?? ''), stderr])).toEqual([
      [{ notified: 1, sent: true, warning: null }, ''],
      [NOTHING, ''],
    ]);
    expect(sink.received).toHaveLength(1);
  }, 60_000);

  test('send the message of one that was killed again, as the same message', async () => {
    const first = await scan(0, [high('sg-1')]);
    const killed = spawnNode(PROCESS, JSON.stringify({ config, scanId: first }));
    await until(() => sink.received.length === 1);
    killed.child.kill('SIGKILL');
    await killed.ended;
    held.abort();
    const second = await scan(1, [high('sg-1'), high('sg-2')]);
    expect(await notify(config, second)).toEqual({ notified: 1, sent: true, warning: null });
    const mails = await Promise.all(sink.received.map(({ raw }) => simpleParser(raw)));
    expect(mails.map(({ text = '' }) => text.match(/\(sg-\d\)/g))).toEqual([
      ['(sg-1)'],
      ['(sg-1)'],
      ['(sg-2)'],
    ]);
    const ids = mails.map(({ messageId }) => messageId);
    expect(ids[1]).toBe(ids[0]);
    expect(ids[2]).not.toBe(ids[0]);
    expect(await store.read('SELECT id FROM vedette_notification_claims')).toEqual([]);
  }, 60_000);
});
