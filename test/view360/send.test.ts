import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { TargetAccess } from '../../src/accounts/access.ts';
import { VedetteError } from '../../src/errors.ts';
import { queryView } from '../../src/store/view360/views.ts';
import { lastDay, parseDay, parseRange, periodBefore, periodOf } from '../../src/view360/periods.ts';
import { loadFile } from '../../src/view360/receive/load-file.ts';
import { sections } from '../../src/view360/sections/all-sections.ts';
import { granularityOf } from '../../src/view360/sections/cost.ts';
import { difference, percentage, sumOf } from '../../src/view360/sections/money.ts';
import { destinationOf, priceOf, sendPayloads } from '../../src/view360/send.ts';
import type { SentPayload } from '../../src/view360/send.ts';
import { startServices } from '../support/overlay.ts';
import type { SimulatedServices } from '../support/overlay.ts';
import { createDatabase, testConfig, workContext } from '../support/stores.ts';

const folder = mkdtempSync(join(tmpdir(), 'vedette-send-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const config = testConfig({
  general: { home: folder },
  view360: { regions: ['eu-central-1'], customer: 'Contoso' },
});

describe('periods', () => {
  test.each([
    ['DAILY', '2025-09-15', '2025-09-15', '2025-09-16'],
    ['WEEKLY', '2025-09-14', '2025-09-08', '2025-09-15'],
    ['MONTHLY', '2024-02-29', '2024-02-01', '2024-03-01'],
    ['MONTHLY', '2025-12-31', '2025-12-01', '2026-01-01'],
    ['YEARLY', '2025-09-15', '2025-01-01', '2026-01-01'],
  ] as const)('%s of %s', (interval, day, start, end) => {
    expect(periodOf(interval, day)).toEqual({ start, end });
  });

  test('the file of a month is named by its last day, and no day is lost', () => {
    expect(lastDay(periodOf('MONTHLY', '2025-01-10'))).toBe('2025-01-31');
    expect(periodBefore('MONTHLY', '2025-03-01')).toEqual({ start: '2025-02-01', end: '2025-03-01' });
  });

  test('weeks are asked for as days, and years as months: Cost Explorer knows neither', () => {
    expect((['DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY'] as const).map(granularityOf)).toEqual([
      'DAILY',
      'DAILY',
      'MONTHLY',
      'MONTHLY',
    ]);
  });

  test('days are given day first, or year first, but not both ways', () => {
    expect(parseRange('5-9-2025', '10-9-2025')).toEqual({ start: '2025-09-05', end: '2025-09-10' });
    expect(parseDay('2025-9-5')).toBe('2025-09-05');
    expect(() => parseRange('5-9-2025', '2025-09-10')).toThrow('two ways');
    expect(() => parseDay('31-2-2025')).toThrow('not a date');
    expect(() => parseRange('10-9-2025', '5-9-2025')).toThrow('is after');
  });
});

test('money is added without loss', () => {
  expect(sumOf(['0.1', '0.2', '1e-7'])).toBe('0.3000001');
  expect(difference('1', '1.5')).toBe('-0.5');
  expect([percentage('1', '0'), percentage('1', '4')]).toEqual([null, '25.0000']);
});

test('a backfill has a price, and nothing is sent unencrypted unasked', () => {
  expect(priceOf(3000, sections)).toEqual({ requests: 12_000, usd: 120 });
  expect(() => destinationOf('s3://bucket', false, config)).toThrow('No key');
  expect(destinationOf('s3://bucket/in', true, config)).toMatchObject({ bucket: 'bucket', prefix: 'in/' });
});

/** Their bodies must not pass a second server. */
const STRAIGHT = ['AWS_ENDPOINT_URL_S3', 'AWS_ENDPOINT_URL_KMS'];

describe('a sender in an account', () => {
  let services: SimulatedServices;
  beforeAll(async () => {
    services = await startServices();
    process.env['AWS_ENDPOINT_URL'] = services.url;
    for (const name of STRAIGHT) process.env[name] = services.motoUrl;
  }, 60_000);
  afterAll(async () => {
    for (const name of ['AWS_ENDPOINT_URL', ...STRAIGHT]) delete process.env[name];
    await services?.stop();
  });

  const send = async (isHistory = false, to = ''): Promise<SentPayload> => {
    const access: TargetAccess = {
      credentials: async () => ({ accessKeyId: 'key', secretAccessKey: 'secret' }),
      region: 'eu-central-1',
      endpoint: null,
      environment: async () => ({}),
      profile: null,
      explain: (cause) => new VedetteError('credentials', String(cause)),
    };
    const request = {
      interval: 'DAILY' as const,
      periods: [{ start: '2026-11-20', end: '2026-11-21' }],
      isHistory,
      destination: to === '' ? { kind: 'folder' as const, folder } : destinationOf(to, true, config),
    };
    for await (const sent of sendPayloads(access, 'account', request, config, workContext())) return sent;
    throw new Error('nothing was sent');
  };
  const statuses = ({ sections: reports }: SentPayload) =>
    Object.fromEntries(reports.map(({ section, status }) => [section, status]));

  test('what it sends is loaded whole, and its services add up to its cost', async () => {
    const sent = await send();
    expect(sent.location).toBe(join(folder, 'data/123456789012/global/2026-11-20_DAILY.json'));
    expect({
      statuses: statuses(sent),
      messages: sent.messages.filter(({ type }) => type !== 'INFO'),
    }).toEqual({
      statuses: {
        ...Object.fromEntries(sections.map(({ name }) => [name, 'Pass'])),
        resilience_hub: 'NotRun',
      },
      messages: [],
    });
    expect(sent.messages).toContainEqual(
      expect.objectContaining({
        section: 'resilience_hub',
        message: expect.stringContaining('Resilience Hub'),
      }),
    );
    const payload = readFileSync(sent.location as string, 'utf8');
    expect(JSON.parse(payload).meta.redacted).toContain('support_tickets.tickets[].subject');
    const database = createDatabase('sqlite');
    try {
      const store = await database.open();
      const outcome = await loadFile(
        store,
        { file: sent.location as string },
        { organizationId: 'default' },
        workContext(),
      );
      expect(outcome).toMatchObject({ status: 'loaded', warnings: [] });
      expect(outcome.sections.filter(({ rejected }) => rejected > 0)).toEqual([]);
      const ask = async (view: string) =>
        (await queryView(store, view, { organizationId: 'default', limit: 100 })).rows;
      expect((await ask('view_cost_reconciliation')).map(({ gap }) => gap)).toEqual([0]);
      expect(await ask('view_accounts')).toMatchObject([{ account_customer: 'Contoso' }]);
      expect((await ask('view_inventory_patches')).length).toBeGreaterThan(0);
    } finally {
      await database.remove();
    }
  }, 60_000);

  test('what is refused, or not there, is told of its section alone', async () => {
    await services.fault({ service: 'config', operation: '*', code: 'AccessDeniedException' });
    await services.fault({ service: 'support', operation: '*', code: 'SubscriptionRequiredException' });
    const sent = await send();
    expect(statuses(sent)).toMatchObject({
      config: 'Fail',
      trusted_advisor: 'NotEnabled',
      support_tickets: 'NotEnabled',
      cost: 'Pass',
      inventory: 'Pass',
    });
    const {
      meta,
      config: told,
      support_tickets: tickets,
    } = JSON.parse(readFileSync(sent.location as string, 'utf8'));
    // Nothing is called empty that was not seen.
    expect([told, tickets]).toEqual([undefined, undefined]);
    expect(meta.sections.config).toMatchObject({
      status: 'Fail',
      complete: false,
      error: { code: 'AccessDeniedException' },
    });
    expect(sent.messages.filter(({ type }) => type === 'ERROR').map(({ section }) => section)).toContain(
      'config',
    );
    await services.reset();
  }, 60_000);

  test('what the bucket did not take was not sent', async () => {
    await expect(send(true, 's3://nobody-has-it')).rejects.toThrow(
      's3://nobody-has-it/data/123456789012/global/2026-11-20_DAILY.json was not sent',
    );
  }, 60_000);

  test('of a day that is over, only what is of it is asked', async () => {
    const found = statuses(await send(true));
    expect(found).toMatchObject({
      cost: 'Pass',
      service: 'Pass',
      security: 'NotRun',
      account: 'NotRun',
      inventory: 'NotRun',
    });
  }, 60_000);
});
