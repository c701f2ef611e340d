import { describe, expect, test } from '@jest/globals';
import { simpleParser } from 'mailparser';
import type { EventsMessage, NotifiedEvent } from '../../src/model/notification.ts';
import type { AccountFailure, FinishedRun } from '../../src/model/run.ts';
import { composeEventsMessage, composeSummaryMessage } from '../../src/notify/compose.ts';
import type { ComposedMessage } from '../../src/notify/compose.ts';
import { envelopesOf, mimeOf } from '../../src/notify/envelope.ts';
import type { Envelope } from '../../src/notify/envelope.ts';
import type { Config } from '../../src/settings.ts';
import { eventsMessage, hostileNames, mailConfig, notified, ordinary } from './fixtures.ts';

/** Cs is left out: a lone surrogate cannot survive UTF-8 anyway. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;

const error: AccountFailure = {
  type: 'credentials',
  message: 'Invalid credentials',
  remedy: '',
  exitCode: 1,
};
const TITLES = { scoutsuite: 'ScoutSuite', checks: 'Checks' };
const named = { targetKind: 'aws-profile', accountId: null, source: 'scoutsuite' } as const;
const failedRun: FinishedRun = {
  runId: 'scan-2024-01-15',
  organizationId: 'default',
  concurrency: 1,
  status: 'completed',
  sources: ['scoutsuite'],
  accounts: [
    { ...named, profile: 'production-east', outcome: 'success', stage: null, error: null, scan: null },
    { ...named, profile: 'backup', outcome: 'failed-scan', stage: 'scan', error, scan: null },
  ],
  startedAt: '2024-01-15T14:00:00.000Z',
  endedAt: '2024-01-15T14:30:25.000Z',
};

function many(from: number): NotifiedEvent[] {
  return Array.from({ length: 60 }, (_, index) => notified(from + index));
}

async function idOf(change: Partial<EventsMessage>): Promise<string> {
  return (await composeEventsMessage(eventsMessage(ordinary.levels, change), mailConfig())).id;
}

describe('the message about events', () => {
  test('says everything about an ordinary scan', async () => {
    const { subject, html, text } = await composeEventsMessage(ordinary, mailConfig());
    expect(subject).toBe('vedette: 1 critical, 3 high, 14 medium in production (111111111111)');
    expect(text).toMatchSnapshot('text');
    expect(html.replaceAll('><', '>\n<')).toMatchSnapshot('html');
  });

  test('says how many events of the account are overdue', async () => {
    const message = eventsMessage([{ level: 'high', events: [notified(1)] }], { overdue: 12 });
    const { text } = await composeEventsMessage(message, mailConfig());
    expect(text).toMatch(/^Overdue\s+12 active events of the account$/m);
  });

  test('says which events a scan with fetch errors saw first', async () => {
    const events = [notified(1, { unconfirmed: true }), notified(2, { state: 'reopened' }), notified(3)];
    const { html, text } = await composeEventsMessage(
      eventsMessage([{ level: 'high', events }]),
      mailConfig(),
    );
    const lines = text.split('\n').filter((line) => line.includes('arn:aws:s3:::bucket-'));
    expect(lines.map((line) => line.includes('unconfirmed'))).toEqual([true, false, false]);
    expect(lines[0]).toContain('new, unconfirmed');
    expect(html.match(/unconfirmed/g)).toHaveLength(1);
  });

  test('lists at most 75 events, the gravest first, and counts the others', async () => {
    const message = eventsMessage([
      { level: 'critical', events: many(0) },
      { level: 'high', total: 900, events: many(100) },
      { level: 'medium', events: many(200) },
    ]);
    const { subject, html, text } = await composeEventsMessage(message, mailConfig());
    expect(subject).toContain('60 critical, 900 high, 60 medium');
    expect(text.match(/^ {2}- /gm)).toHaveLength(75);
    expect(text).toMatch(/bucket-114 .*\n\nand 885 more\n\nMEDIUM \(60\)\n-+\n\nand 60 more/);
    expect(html).toMatch(/and (<!-- -->)?885(<!-- -->)? more/);
  });

  test('stays below the size at which mail clients cut a message', async () => {
    const events = Array.from({ length: 500 }, (_, index) =>
      notified(index, { checkId: `check-${index}`, title: 'T'.repeat(60), resourceId: 'a'.repeat(80) }),
    );
    const { html } = await composeEventsMessage(eventsMessage([{ level: 'high', events }]), mailConfig());
    expect(html.length).toBeLessThan(102_000);
  });

  test('loads nothing from anywhere and runs nothing', async () => {
    const { html } = await composeEventsMessage(ordinary, mailConfig());
    expect(html).not.toMatch(/<(img|script|link|iframe|style|form)\b|url\(|@import|href=|src=/i);
  });

  test('needs no mail configuration, so that it can be previewed', async () => {
    const config = mailConfig({ from: undefined, recipients: undefined, enabled: false });
    expect((await composeEventsMessage(ordinary, config)).html).toContain('bastion');
  });

  test.each(Object.entries(hostileNames))(
    'a hostile name is shown and does nothing: %s',
    async (attack, name) => {
      const everywhere = {
        service: name,
        checkId: name,
        title: name,
        resourceId: `id ${name}`,
        resourceName: name,
        resourceType: name,
        region: name,
      };
      const message = eventsMessage([{ level: 'high', events: [notified(1, everywhere)] }], {
        profile: name,
        accountId: name,
        organizationId: name,
        version: name,
      });
      const composed = await composeEventsMessage(message, mailConfig());
      expect(composed.subject).not.toMatch(INVISIBLE);
      expect(composed.text.replaceAll('\n', '')).not.toMatch(INVISIBLE);
      expect(composed.text.split('\n')).toHaveLength(17);
      expect(composed.html).not.toMatch(INVISIBLE);
      expect(composed.html).not.toMatch(/<script|<img/);
      expect(composed.html).toContain('<bdi>');

      const mail = await simpleParser(await mimeFor(mailConfig(), composed));
      const headers = mail.headerLines.map(({ key }) => key).filter((key) => !key.startsWith('content-'));
      expect({ attack, headers }).toEqual({
        attack,
        headers: 'auto-submitted x-vedette-message from to subject message-id date mime-version'.split(' '),
      });
      expect(mail.subject).toBe(composed.subject);
      expect(envelopesOf(mailConfig(), 50)).toMatchObject([{ to: [{ address: 'security@example.com' }] }]);
    },
  );

  test('has the id of its scan and of no other', async () => {
    const id = await idOf({});
    expect(await idOf({})).toBe(id);
    const others = await Promise.all([
      idOf({ scanId: 8 }),
      idOf({ accountId: '222222222222' }),
      idOf({ organizationId: 'other' }),
      idOf({ source: 'checks' }),
      idOf({ scanTime: '2026-11-23T15:51:07.000Z' }),
    ]);
    expect(new Set([id, ...others]).size).toBe(6);
  });
});

describe('the message about a run that failed', () => {
  test('has the documented subject and the execution summary', async () => {
    const { subject, html, text } = await composeSummaryMessage(failedRun, TITLES);
    expect(subject).toBe('ScoutSuite Runner Failures - 2024-01-15 14:30');
    expect(text).toMatchSnapshot('text');
    expect(html.replaceAll('><', '>\n<')).toMatchSnapshot('html');
  });

  test('keeps the layout in a monospaced font', async () => {
    const { html } = await composeSummaryMessage(failedRun, TITLES);
    expect(html).toMatch(/<pre style="[^"]*monospace[^"]*white-space:pre-wrap/);
    expect(html).toContain('\n  ✗ backup: Exit code 1: Invalid credentials\n');
  });

  test('of a run that was interrupted is the interrupted summary', async () => {
    const run = { ...failedRun, status: 'interrupted' as const, concurrency: 3 };
    const { text } = await composeSummaryMessage(run, TITLES);
    expect(text).toContain('INTERRUPTED EXECUTION SUMMARY');
    expect(text).toContain('ATTEMPTED PROFILES:');
  });

  test.each(Object.entries(hostileNames))('escapes a hostile profile name: %s', async (_attack, name) => {
    const accounts = failedRun.accounts.map((account) => ({ ...account, profile: name }));
    const { html, text } = await composeSummaryMessage({ ...failedRun, accounts }, TITLES);
    expect(html.replaceAll('\n', '')).not.toMatch(INVISIBLE);
    expect(html).not.toMatch(/<script|<img/);
    expect(text.split('\n')).toHaveLength(19);
  });
});

async function mimeFor(config: Config, composed: ComposedMessage): Promise<Buffer> {
  const [envelope] = envelopesOf(config, 50);
  return mimeOf(envelope as Envelope, composed);
}

describe('the message as it travels', () => {
  test('carries both forms, its id, and says that no person wrote it', async () => {
    const composed = await composeEventsMessage(ordinary, mailConfig());
    const mail = await simpleParser(
      await mimeFor(mailConfig({ recipients: ['a@x.example', 'B <b@x.example>'] }), composed),
    );
    expect(mail.text).toBe(composed.text);
    expect(mail.html).toBe(composed.html);
    expect(mail.messageId).toBe(`<${composed.id}@mail.example.com>`);
    expect(mail.headers.get('x-vedette-message')).toBe(composed.id);
    expect(mail.headers.get('auto-submitted')).toBe('auto-generated');
    expect(mail.from?.text).toBe('"Vedette" <vedette@mail.example.com>');
    expect([mail.to].flat().map((to) => to?.text)).toEqual(['a@x.example, "B" <b@x.example>']);
  });

  test('is the same but for its date when it is sent again', async () => {
    const composed = await composeEventsMessage(ordinary, mailConfig());
    const undated = async () => (await mimeFor(mailConfig(), composed)).toString().replace(/^Date: .*$/m, '');
    expect(await undated()).toBe(await undated());
  });

  test('has only lines that SMTP allows, in ASCII', async () => {
    const event = notified(1, { resourceName: 'ü'.repeat(250), resourceId: '日'.repeat(250) });
    const composed = await composeEventsMessage(
      eventsMessage([{ level: 'high', events: [event] }]),
      mailConfig(),
    );
    const lines = (await mimeFor(mailConfig(), composed)).toString('latin1').split('\r\n');
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(998);
    expect(lines.every((line) => /^[\t\x20-\x7e]*$/.test(line))).toBe(true);
  });

  test.each([
    ['SMTP_FROM', { from: undefined }],
    ['SMTP_FROM', { from: 'nobody' }],
    ['SMTP_FROM', { from: undefined, smtpUser: 'a user, not an address' }],
    ['SMTP_FROM', { from: 'a@x.example, b@x.example' }],
    ['EMAIL_RECIPIENTS', { recipients: [] }],
    ['SMTP_FROM', { from: 'Scanners: a@x.example;' }],
    ['EMAIL_RECIPIENTS', { recipients: ['a@x.example', 'all the others'] }],
    ['EMAIL_RECIPIENTS', { recipients: 'a@x.example b@x.example' }],
    ['EMAIL_RECIPIENTS', { recipients: 'Doe, Jane <jane@x.example>' }],
    ['EMAIL_RECIPIENTS', { recipients: '<a@x.example, b@x.example>' }],
    ['EMAIL_RECIPIENTS (flag): has a group', { recipients: 'Ops: a@x.example, b@x.example;' }],
    ['EMAIL_RECIPIENTS (flag): has a group', { recipients: 'undisclosed-recipients:;' }],
    ['EMAIL_RECIPIENTS', { recipients: ['a@x.example\r\nBcc: b@x.example'] }],
  ])('cannot be addressed, and names %s: %j', (variable, mail) => {
    expect(() => envelopesOf(mailConfig(mail), 50)).toThrow(
      expect.objectContaining({ type: 'config-invalid', message: expect.stringContaining(variable) }),
    );
  });

  test('takes the sign-in name as sender when no sender is named', () => {
    const config = mailConfig({ from: undefined, smtpUser: 'alerts@example.com' });
    expect(envelopesOf(config, 50)).toMatchObject([{ from: { address: 'alerts@example.com' } }]);
  });
});
