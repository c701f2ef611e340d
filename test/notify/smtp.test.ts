import { afterEach, expect, test } from '@jest/globals';
import { simpleParser } from 'mailparser';
import { failureKinds, VedetteError } from '../../src/errors.ts';
import { composeEventsMessage } from '../../src/notify/compose.ts';
import { checkMail, deliver, mailTransportName } from '../../src/notify/deliver.ts';
import { startSmtpSink } from '../support/smtp.ts';
import type { SmtpSink } from '../support/smtp.ts';
import { failureOf, mailConfig, ordinary } from './fixtures.ts';

const message = {
  id: 'f'.repeat(32),
  subject: 'Grüße',
  html: '<p>Übersicht</p>',
  text: 'Übersicht\n.\n..\nEnde\n',
};
const account = { user: 'alerts@example.com', password: 'correct horse' };
const soon = { signal: new AbortController().signal, timeoutMs: 2000 };
const sinks: SmtpSink[] = [];

afterEach(async () => {
  await Promise.all(sinks.splice(0).map((sink) => sink.stop()));
});

async function sinkOf(options: Parameters<typeof startSmtpSink>[0] = {}): Promise<SmtpSink> {
  const sink = await startSmtpSink(options);
  sinks.push(sink);
  return sink;
}

function configFor(
  { port, caFile }: Pick<SmtpSink, 'port' | 'caFile'>,
  mail: Parameters<typeof mailConfig>[0] = {},
) {
  return mailConfig({ transport: 'smtp', smtpHost: 'localhost', smtpPort: port, smtpCa: caFile, ...mail });
}

const signIn = { smtpUser: account.user, smtpPassword: account.password };

test('delivers over STARTTLS with sign-in, to every recipient, unchanged', async () => {
  const sink = await sinkOf({ auth: account });
  const config = configFor(sink, { ...signIn, recipients: ['a@example.com', 'B <b@example.com>'] });
  expect(await deliver(config, message, soon)).toEqual({ rejected: [] });
  expect(sink.received).toHaveLength(1);
  const [mail] = sink.received;
  expect(mail).toMatchObject({
    recipients: ['a@example.com', 'b@example.com'],
    secure: true,
    user: account.user,
  });
  const { subject, text, html } = message;
  expect(await simpleParser(mail?.raw ?? '')).toMatchObject({ subject, text, html });
});

test('delivers a real message', async () => {
  const sink = await sinkOf();
  const composed = await composeEventsMessage(ordinary, mailConfig());
  await deliver(configFor(sink), composed, soon);
  expect(await simpleParser(sink.received[0]?.raw ?? '')).toMatchObject({
    subject: composed.subject,
    html: composed.html,
    text: composed.text,
    messageId: `<${composed.id}@mail.example.com>`,
  });
});

test('takes addresses as mail programs write them', async () => {
  const sink = await sinkOf();
  const recipients = '"Doe, Jane" <jane@example.com>, ops@example.com; john@example.com (at night)';
  await deliver(configFor(sink, { recipients }), message, soon);
  expect(sink.received.map((mail) => mail.recipients)).toEqual([
    ['jane@example.com', 'ops@example.com', 'john@example.com'],
  ]);
  const headers = String(sink.received[0]?.raw).replaceAll('\r\n ', ' ').split('\r\n');
  expect(headers).toContain(
    'To: "Doe, Jane" <jane@example.com>, ops@example.com, at night <john@example.com>',
  );
});

test('sends one message to as many recipients at a time as every server takes', async () => {
  const recipients = Array.from({ length: 230 }, (_, index) => `person-${index}@example.com`);
  const sink = await sinkOf({ unknownRecipients: recipients.slice(200) });
  const { rejected } = await deliver(configFor(sink, { recipients }), message, soon);
  expect(sink.received.map((mail) => mail.recipients)).toEqual([
    recipients.slice(0, 100),
    recipients.slice(100, 200),
  ]);
  const mails = await Promise.all(sink.received.map(({ raw }) => simpleParser(raw)));
  expect(new Set(mails.map(({ messageId, text }) => `${messageId} ${text}`)).size).toBe(1);
  expect(rejected).toEqual(recipients.slice(200));
});

test('speaks without TLS only when it may', async () => {
  const sink = await sinkOf({ startTls: false });
  const refused = await failureOf(deliver(configFor(sink), message, soon));
  expect(refused).toMatchObject({ type: 'mail-refused', remedy: expect.stringContaining('SMTP_USE_TLS') });
  await deliver(configFor(sink, { smtpUseTls: false }), message, soon);
  expect(sink.received.map(({ secure }) => secure)).toEqual([false]);
});

test('does not trust a certificate of an unknown authority', async () => {
  const sink = await sinkOf({ auth: account });
  const failure = await failureOf(deliver(configFor(sink, { ...signIn, smtpCa: undefined }), message, soon));
  expect(failure).toMatchObject({ type: 'mail-refused', remedy: expect.stringContaining('VEDETTE_SMTP_CA') });
  expect(failure.message).toContain(`localhost:${sink.port}`);
  expect(sink.received).toEqual([]);
});

test('names the file of an authority that cannot be read', async () => {
  const config = configFor({ port: 1, caFile: '/nosuch/ca.pem' });
  expect(await failureOf(deliver(config, message, soon))).toMatchObject({
    type: 'config-invalid',
    message: expect.stringMatching(/VEDETTE_SMTP_CA.*\/nosuch\/ca\.pem/),
  });
});

test('demands the sign-in that is configured', async () => {
  const sink = await sinkOf();
  const failure = await failureOf(deliver(configFor(sink, signIn), message, soon));
  expect(failure.type).toBe('mail-refused');
});

test.each([
  ['refuse-auth', 'mail-refused', /refuses: .*535 5\.7\.8/],
  ['busy', 'mail-unreachable', /is not ready: .*451 4\.3\.0/],
  ['reject', 'mail-refused', /refuses: .*554 5\.7\.1/],
  ['hang', 'mail-unreachable', /cannot be reached: (Greeting never received|.*timeout)/i],
  ['stall', 'mail-unreachable', /cannot be reached: .*timeout/i],
  ['drop', 'mail-unreachable', /cannot be reached: Connection closed/],
] as const)('a server that answers %s', async (mode, type, said) => {
  const sink = await sinkOf({ mode, auth: account });
  const failure = await failureOf(deliver(configFor(sink, signIn), message, { ...soon, timeoutMs: 400 }));
  expect(failure).toMatchObject({ type, message: expect.stringMatching(said) });
  expect(failure.message).toContain(`localhost:${sink.port}`);
  expect(`${failure.message} ${failure.remedy}`).not.toContain(account.password);
  expect(failureKinds[failure.type].retryable).toBe(type === 'mail-unreachable');
  expect(sink.received).toEqual([]);
});

test.each([
  ['nobody listens', { smtpHost: 'localhost', smtpPort: 1 }],
  ['the name does not exist', { smtpHost: 'nosuch.invalid', smtpPort: 587 }],
])('is worth trying again when %s', async (_case, server) => {
  const failure = await failureOf(deliver(mailConfig({ transport: 'smtp', ...server }), message, soon));
  expect(failure.type).toBe('mail-unreachable');
  expect(failure.message).toContain(`${server.smtpHost}:${server.smtpPort}`);
});

test('serves the other recipients when one is unknown, and names the one', async () => {
  const sink = await sinkOf({ unknownRecipients: ['gone@example.com'] });
  const config = configFor(sink, { recipients: ['gone@example.com', 'here@example.com'] });
  expect(await deliver(config, message, soon)).toEqual({ rejected: ['gone@example.com'] });
  expect(sink.received[0]?.recipients).toEqual(['here@example.com']);
});

test('is refused when every recipient is unknown', async () => {
  const sink = await sinkOf({ unknownRecipients: ['security@example.com'] });
  const failure = await failureOf(deliver(configFor(sink), message, soon));
  expect(failure).toMatchObject({ type: 'mail-refused', message: expect.stringContaining('550') });
});

test('stops when it is told to, with the reason it was given', async () => {
  const sink = await sinkOf({ mode: 'hang' });
  const controller = new AbortController();
  const reason = new VedetteError('unexpected', 'stopped by the test');
  setTimeout(() => controller.abort(reason), 100);
  const started = Date.now();
  const sending = deliver(configFor(sink), message, { signal: controller.signal, timeoutMs: 20_000 });
  await expect(sending).rejects.toBe(reason);
  expect(Date.now() - started).toBeLessThan(2000);
});

test.each([
  ['SMTP_HOST', { transport: 'smtp' }],
  ['SMTP_HOST', { transport: 'auto' }],
  ['EMAIL_RECIPIENTS', { smtpHost: 'localhost', recipients: [] }],
  ['SMTP_FROM', { smtpHost: 'localhost', from: undefined }],
])('names %s before anything is sent with %j', async (variable, mail) => {
  const failure = await failureOf(deliver(mailConfig(mail), message, soon));
  expect(failure).toMatchObject({ type: 'config-invalid', message: expect.stringContaining(variable) });
});

test('the doctor learns whether the server takes the sign-in, and nothing is sent', async () => {
  const sink = await sinkOf({ auth: account });
  expect(await checkMail(configFor(sink, signIn), soon)).toEqual({
    transport: 'smtp',
    detail: `SMTP server localhost:${sink.port} answers, with TLS, signed in as ${account.user}`,
  });
  const wrong = await failureOf(checkMail(configFor(sink, { ...signIn, smtpPassword: 'wrong' }), soon));
  expect(wrong.type).toBe('mail-refused');
  const noRecipient = configFor(sink, { ...signIn, recipients: [] });
  expect((await failureOf(checkMail(noRecipient, soon))).type).toBe('config-invalid');
  expect(sink.received).toEqual([]);
});

test('the doctor stops waiting when it is told to', async () => {
  const sink = await sinkOf({ mode: 'hang' });
  const reason = new VedetteError('unexpected', 'stopped by the test');
  const controller = new AbortController();
  setTimeout(() => controller.abort(reason), 100);
  const checking = checkMail(configFor(sink), { signal: controller.signal, timeoutMs: 2000 });
  await expect(checking).rejects.toBe(reason);
});

test.each([
  ['ses', { transport: 'auto', smtpHost: 'mail.example.com' }, { accessKeyId: 'AKIA', secretAccessKey: 'x' }],
  ['smtp', { transport: 'auto', smtpHost: 'mail.example.com' }, { accessKeyId: 'AKIA' }],
  ['none', { transport: 'auto' }, {}],
  [
    'smtp',
    { transport: 'smtp', smtpHost: 'mail.example.com' },
    { accessKeyId: 'AKIA', secretAccessKey: 'x' },
  ],
  ['ses', { transport: 'ses', smtpHost: 'mail.example.com' }, {}],
] as const)('chooses %s for %j and %j', (name, mail, aws) => {
  expect(mailTransportName(mailConfig(mail, aws))).toBe(name);
});
