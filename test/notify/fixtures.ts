import { VedetteError } from '../../src/errors.ts';
import type { Level } from '../../src/model/level.ts';
import type { EventsMessage, NotifiedEvent } from '../../src/model/notification.ts';
import type { DataJob } from '../../src/model/object-ledger.ts';
import { loadConfig } from '../../src/settings.ts';
import type { ConfigOverrides } from '../../src/settings.ts';
import type { Config } from '../../src/settings.ts';

/** A configuration with a sender and a recipient, and what the test wants else. */
export function mailConfig(mail: ConfigOverrides['mail'] = {}, aws: ConfigOverrides['aws'] = {}): Config {
  const from = 'Vedette <vedette@mail.example.com>';
  return loadConfig({ mail: { enabled: true, from, recipients: ['security@example.com'], ...mail }, aws })
    .config;
}

/** A job that has completed, and what the test wants else. */
export function dataJob(job: Partial<DataJob> = {}): DataJob {
  return {
    job_id: 'run-1',
    bucket: 'my-bucket',
    prefix: 'documents/',
    status: 'completed',
    total_objects: 1234,
    queued: 0,
    processing: 0,
    succeeded: 1000,
    failed: 84,
    skipped: 150,
    total_findings: 234,
    progress_percent: 100,
    bytes: 5_000_000,
    account: 'production',
    detectors: ['ssn', 'credit_card'],
    reason: null,
    created_at: '2026-11-22T15:51:07.000Z',
    ended_at: '2026-11-22T16:01:07.000Z',
    ...job,
  };
}

export function notified(id: number, event: Partial<NotifiedEvent> = {}): NotifiedEvent {
  return {
    id,
    state: 'new',
    raisedFrom: null,
    service: 's3',
    checkId: 's3-bucket-no-mfa-delete',
    title: 'Bucket without MFA Delete',
    resourceId: `arn:aws:s3:::bucket-${id}`,
    resourceName: `bucket-${id}`,
    resourceType: 'bucket',
    region: 'eu-west-1',
    unconfirmed: false,
    ...event,
  };
}

export function eventsMessage(
  levels: readonly { level: Level; total?: number; events: readonly NotifiedEvent[] }[],
  message: Partial<EventsMessage> = {},
): EventsMessage {
  return {
    organizationId: 'default',
    accountId: '111111111111',
    profile: 'production',
    source: 'scoutsuite',
    overdue: 0,
    scanTime: '2026-11-22T15:51:07.000Z',
    version: '5.14.0',
    scanId: 7,
    levels: levels.map(({ level, total, events }) => ({ level, total: total ?? events.length, events })),
    ...message,
  };
}

const rootUser: Partial<NotifiedEvent> = {
  service: 'iam',
  checkId: 'iam-root-account-no-mfa',
  title: 'Root Account without MFA',
  resourceId: '<root_account>',
  resourceName: '<root_account>',
  resourceType: 'credential_report',
  region: null,
};
const openPort: Partial<NotifiedEvent> = {
  service: 'ec2',
  checkId: 'ec2-security-group-opens-SSH-port-to-all',
  title: 'Security Group Opens SSH Port to All',
  resourceId: 'sg-0a1b2c3d4e5f67890',
  resourceName: 'bastion',
  resourceType: 'security_group',
};

/** As a scan of an ordinary account gives it: three levels, one of them cut. */
export const ordinary = eventsMessage([
  { level: 'critical', events: [notified(1, rootUser)] },
  {
    level: 'high',
    events: [
      notified(2, openPort),
      notified(3, {
        ...openPort,
        resourceId: 'sg-00ff',
        resourceName: null,
        state: 'reopened',
        region: 'us-east-1',
      }),
      notified(4, { checkId: 's3-bucket-world-acl', title: 'Bucket World Readable (anonymous)' }),
    ],
  },
  { level: 'medium', total: 14, events: [notified(5), notified(6, { unconfirmed: true }), notified(7)] },
]);

/** What an attacker may call a resource, by what it attacks. */
export const hostileNames = {
  html: '<script>alert(1)</script><img src=x onerror="alert(2)">&amp;',
  sql: `Robert'); DROP TABLE scout_events;--`,
  ansi: '\u001B[2J\u001B[31mowned\u001B[0m\u0007\u009B1m',
  newline: 'one\nBcc: victim@example.com\r\n\r\nbody\u2028two\u2029three',
  formula: '=HYPERLINK("http://evil.example","click")',
  formulaTab: '\t=1+1',
  plus: '+1+cmd|/C calc',
  minus: '-2+3',
  at: '@SUM(1)',
  bidi: 'invoice\u202Efdp.exe\u2066x\u2069\u200F\u061C',
  invisible: 'ad\u200Bmin\uFEFF\u00AD\u{E0041}',
  surrogate: 'half \uD83D of it',
  rightToLeft: 'שלום-bucket',
} as const;

/** The failure that a promise ends with; anything else fails the test. */
export async function failureOf(promise: Promise<unknown>): Promise<VedetteError> {
  const outcome: unknown = await promise.then(
    (value) => new Error(`no failure, but ${JSON.stringify(value)}`),
    (error: unknown) => error,
  );
  if (outcome instanceof VedetteError) return outcome;
  throw outcome instanceof Error ? outcome : new Error(String(outcome));
}
