import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { QuietAccount } from '../../../src/model/notification.ts';
import type { LoadOutcome } from '../../../src/model/view360.ts';
import type { Store } from '../../../src/store/database/store.ts';
import { setReportClock } from '../../../src/store/view360/clock.ts';
import { purgeAccountRows } from '../../../src/store/view360/purge.ts';
import { tellOfQuiet } from '../../../src/store/view360/quiet.ts';
import { setUpView360 } from '../../../src/store/view360/set-up.ts';
import { tables } from '../../../src/store/view360/tables.ts';
import { queryView, views } from '../../../src/store/view360/views.ts';
import type { ViewRow } from '../../../src/store/view360/views.ts';
import { loadFile } from '../../../src/view360/receive/load-file.ts';
import type { LoadOptions } from '../../../src/view360/receive/load-file.ts';
import { createDatabase, workContext } from '../../support/stores.ts';
import type { TestDatabase } from '../../support/stores.ts';
import { tableContents } from '../../support/view360-tables.ts';

const FIXTURES = join(import.meta.dirname, '../../fixtures/view360');
const ACCOUNT = '012345678901';

// oxlint-disable-next-line typescript/no-explicit-any
type Payload = Record<string, any>;

function payload(): Payload {
  return JSON.parse(readFileSync(join(FIXTURES, 'version-3.json'), 'utf8')) as Payload;
}

/** A payload of another day, made at 02:00 of the next. */
function ofDay(
  day: string,
  change: (payload: Payload) => void = () => undefined,
  interval = 'DAILY',
): Payload {
  const next = new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
  const made = payload();
  Object.assign(made['meta'], {
    interval,
    period: { start: day, end: next },
    period_end: day,
    generated_at: `${next}T02:00:00.000Z`,
  });
  made['cost'].period = { start: day, end: next, granularity: interval };
  for (const row of made['service']) Object.assign(row, { date_from: day, date_to: next });
  change(made);
  return made;
}

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'vedette-payloads-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function written(name: string, content: string | Buffer | Payload): string {
  const file = join(folder, name);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(
    file,
    typeof content === 'string' || Buffer.isBuffer(content) ? content : JSON.stringify(content),
  );
  return file;
}

describe('loading payloads', () => {
  let database: TestDatabase;
  let store: Store;
  beforeEach(async () => {
    database = createDatabase('sqlite');
    store = await database.open();
    return async () => database.remove();
  });
  afterAll(() => database.remove());

  const load = (file: string, options: Partial<LoadOptions> = {}): Promise<LoadOutcome> =>
    loadFile(store, { file }, { organizationId: 'default', ...options }, workContext());
  const loadAll = async (...payloads: Payload[]): Promise<LoadOutcome[]> => {
    const outcomes: LoadOutcome[] = [];
    for (const [at, one] of payloads.entries())
      outcomes.push(await load(written(`${at}-${Math.random()}.json`, one)));
    return outcomes;
  };

  test('every table that payloads feed has the rows of the example, and none is rejected', async () => {
    const outcome = await load(join(FIXTURES, 'version-3.json'));
    expect(outcome).toMatchObject({ status: 'loaded', accountId: ACCOUNT, region: 'global', error: null });
    for (const section of outcome.sections) {
      expect(section.created + section.updated + section.skipped + section.rejected).toBe(section.rowsIn);
      expect(section).toMatchObject({ status: 'loaded', rejected: 0 });
    }
    const empty: string[] = [];
    for (const { sqlName, kind, name } of tables.values()) {
      const [row] = await store.read<{ rows: number }>(`SELECT COUNT(*) AS rows FROM ${sqlName}`);
      if (kind !== 'system' && row?.rows === 0) empty.push(name);
    }
    expect(empty).toEqual(['focus_tags']);
  });

  test.each([
    ['version-2.json', 'view360/2'],
    ['version-1.json', 'view360/1'],
  ])('%s of an earlier sender is taken whole', async (name, schema) => {
    const file = written(`data/${ACCOUNT}/eu-west-1/2026-11-20_DAILY.json`, '');
    copyFileSync(join(FIXTURES, name), file);
    utimesSync(file, new Date('2026-11-21T02:00:00Z'), new Date('2026-11-21T02:00:00Z'));
    const outcome = await load(file);
    expect(outcome).toMatchObject({ status: 'loaded', region: 'eu-west-1', interval: 'DAILY' });
    expect(outcome.sections.filter(({ rejected }) => rejected > 0)).toEqual([]);
    const [known] = await store.read('SELECT payload_schema, generated_at FROM view360_ingest_files');
    expect(known).toEqual({ payload_schema: schema, generated_at: '2026-11-21 02:00:00.000' });
    const errors = await store.read("SELECT message_type FROM log_messages WHERE message_type = 'ERROR'");
    expect(errors.length).toBeGreaterThan(1);
  });

  test('the same bytes again change nothing, from wherever they come', async () => {
    const file = written('again.json', payload());
    await load(file);
    const before = await tableContents(store);
    expect(await load(file)).toMatchObject({ status: 'duplicate', sections: [] });
    const copy = written('copy.json', payload());
    expect(await load(copy)).toMatchObject({ status: 'duplicate' });
    expect(await tableContents(store)).toEqual(before);
  });

  test('the same rows in other bytes are skipped, one by one', async () => {
    await load(written('one.json', payload()));
    const later = payload();
    later['meta'].generated_at = '2026-11-21T03:00:00Z';
    const [second] = await loadAll(later);
    const changed = second?.sections.filter(
      ({ section, created, updated }) => created + updated > 0 && section !== 'logs',
    );
    // When a region was heard of last is what changed.
    expect(changed?.map(({ section }) => section)).toEqual(['account']);
    expect(second?.sections.find(({ section }) => section === 'security')).toMatchObject({
      rowsIn: 19,
      skipped: 19,
    });
  });

  test('five deliveries at once are loaded once', async () => {
    const file = written('five.json', payload());
    const outcomes = await Promise.all([1, 2, 3, 4, 5].map(() => load(file)));
    expect(outcomes.map(({ status }) => status).toSorted()).toEqual([
      'duplicate',
      'duplicate',
      'duplicate',
      'duplicate',
      'loaded',
    ]);
  });

  test('an older payload of the same period is superseded', async () => {
    const newer = payload();
    newer['meta'].generated_at = '2026-11-21T09:00:00Z';
    const outcomes = await loadAll(newer, payload());
    expect(outcomes.map(({ status }) => status)).toEqual(['loaded', 'superseded']);
  });

  test('in any order, the tables are what one clean load in order leaves', async () => {
    const days = [
      ofDay('2026-11-20'),
      ofDay('2026-11-21', (one) => {
        one['security'].kms = one['security'].kms.slice(0, 1);
        one['account'].account_name = 'renamed';
      }),
      ofDay('2026-11-22', (one) => {
        one['security'].secrets_manager = [];
        one['security'].security_hub[0].findings[0].workflow_state = 'RESOLVED';
        one['security'].security_hub[0].findings[0].updated_at = '2026-11-22T05:00:00Z';
      }),
    ] as const;
    await loadAll(...days);
    const clean = await tableContents(store);
    for (const order of [
      [2, 1, 0],
      [1, 2, 0],
      [2, 0, 1],
    ]) {
      const other = createDatabase('sqlite');
      try {
        store = await other.open();
        await loadAll(...order.map((at) => days[at as 0 | 1 | 2]));
        expect(await tableContents(store)).toEqual(clean);
      } finally {
        await other.remove();
      }
    }
  });

  test('of payloads made at once for several regions, the same one counts whichever comes last', async () => {
    const regional = (region: string) =>
      ofDay('2026-11-20', (one) => {
        one['meta'].region = region;
        one['account'].account_name = `as ${region} has it`;
      });
    const accountName = async () => {
      const [row] = await store.read<{ account_name: string }>(
        'SELECT account_name FROM view360_accounts WHERE account_id = ?',
        [ACCOUNT],
      );
      return row?.account_name;
    };
    const made = ['us-west-2', 'global', 'eu-west-1'].map(regional);
    await loadAll(...made);
    expect(await accountName()).toBe('as global has it');
    const clean = await tableContents(store);
    for (const order of [
      [0, 2, 1],
      [1, 0, 2],
    ]) {
      const other = createDatabase('sqlite');
      try {
        store = await other.open();
        await loadAll(...order.map((at) => made[at] as Payload));
        expect(await tableContents(store)).toEqual(clean);
      } finally {
        await other.remove();
      }
    }
  });

  test('cut off after any of its sections, it is gone on with, and is as loaded at once', async () => {
    await loadAll(payload());
    const clean = await tableContents(store);
    const other = createDatabase('sqlite');
    try {
      store = await other.open();
      const file = written('cut.json', payload());
      let loaded = 0;
      let cuts = 0;
      for (let isLoaded = false; !isLoaded; cuts += 1) {
        const stop = new AbortController();
        const sections = new Set<string>();
        const context = {
          ...workContext(stop.signal),
          // In the second section that is not loaded yet.
          onProgress: (line: string) => {
            sections.add(/: (\w+), /.exec(line)?.[1] ?? '');
            if (sections.size > 1) stop.abort(new Error('cut off'));
          },
        };
        const outcome = await loadFile(store, { file }, { organizationId: 'default' }, context).catch(
          () => undefined,
        );
        isLoaded = outcome?.status === 'loaded';
        const [{ now }] = (await store.read(
          'SELECT COUNT(DISTINCT section) AS now FROM view360_ingest_section_stats',
        )) as [{ now: number }];
        expect(now).toBeGreaterThan(loaded);
        loaded = now;
      }
      expect(cuts).toBeGreaterThan(5);
      expect(await tableContents(store)).toEqual(clean);
      expect(await load(file)).toMatchObject({ status: 'duplicate' });
    } finally {
      await other.remove();
    }
  });

  test('a row is gone only when a complete section does not have it', async () => {
    const gone = async () =>
      (await store.read<{ key_id: string }>('SELECT key_id FROM view360_kms_keys WHERE gone_at IS NOT NULL'))
        .length;
    const without = (complete: boolean, status: string) => (one: Payload) => {
      one['security'].kms = [];
      one['meta'].sections.security.parts.kms = { status, complete };
    };
    await loadAll(ofDay('2026-11-20'), ofDay('2026-11-21', without(false, 'Partial')));
    expect(await gone()).toBe(0);
    await loadAll(
      ofDay('2026-11-22', (one) => {
        delete one['security'].kms;
      }),
    );
    expect(await gone()).toBe(0);
    await loadAll(ofDay('2026-11-23', without(true, 'Pass')));
    expect(await gone()).toBe(2);
    await loadAll(ofDay('2026-11-24'));
    expect(await gone()).toBe(0);
  });

  test('of a complete section, only regions that were read can lose rows', async () => {
    await loadAll(
      ofDay('2026-11-20'),
      ofDay('2026-11-21', (one) => {
        one['security'].kms = [];
        one['meta'].sections.security.regions = ['us-west-2'];
      }),
    );
    const rows = await store.read('SELECT region FROM view360_kms_keys WHERE gone_at IS NULL');
    expect(rows).toEqual([{ region: 'eu-central-1' }]);
  });

  test('a service that a later look at the same day does not show is not counted with it', async () => {
    const later = payload();
    later['meta'].generated_at = '2026-11-21T09:00:00Z';
    const [removed] = later['service'].splice(0, 1);
    later['cost'].current_period_cost = String(136.710_106_161_1 - Number(removed.cost));
    await loadAll(payload(), later);
    const { rows } = await queryView(store, 'view_cost_reconciliation', {
      organizationId: 'default',
      limit: 10,
    });
    expect(rows.map(({ gap }) => gap)).toEqual([0]);
  });

  describe('wrong files', () => {
    test.each([
      ['nothing', '', 'E_JSON'],
      ['half a file', JSON.stringify(payload()).slice(0, 20_000), 'E_JSON'],
      ['broken inside a section', JSON.stringify(payload()).replace('"kms":[{', '"kms":[{,'), 'E_JSON'],
      ['a list', '[]', 'E_JSON'],
      ['no UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d]), 'E_JSON'],
      ['no account', { meta: { ...payload()['meta'], account_id: '12' } }, 'E_SCHEMA'],
      ['no such interval', { meta: { ...payload()['meta'], interval: 'HOURLY' } }, 'E_SCHEMA'],
      ...['9999-12-31T23:59:59-23:59', '2999-01-01T00:00:00Z', '0000-01-01T00:00:00+23:59'].map(
        (generated_at) =>
          [
            `one made at ${generated_at}`,
            { meta: { ...payload()['meta'], generated_at } },
            'E_SCHEMA',
          ] as const,
      ),
      ['neither meta nor a telling name', { account: { account_id: ACCOUNT } }, 'E_SCHEMA'],
    ])('%s is rejected', async (_what, content, code) => {
      const outcome = await load(written(`wrong-${Math.random()}.json`, content));
      expect(outcome).toMatchObject({ status: 'rejected', error: { code } });
      expect(await store.read('SELECT status, error_code FROM view360_ingest_files')).toEqual([
        { status: 'REJECTED', error_code: code },
      ]);
      expect(await store.read('SELECT account_id FROM view360_accounts')).toEqual([]);
    });

    test('one that is too large is rejected unread', async () => {
      const file = written('large.json', '');
      truncateSync(file, 257 * 1024 * 1024);
      expect(await load(file)).toMatchObject({ status: 'rejected', error: { code: 'E_TOO_LARGE' } });
      rmSync(file);
    });

    test.each([
      ['nested without end', '{"meta":'.repeat(100_000)],
      [
        'a number of a thousand digits',
        JSON.stringify(payload()).replace('"cost":{', `"cost":{"odd":${'9'.repeat(1000)},`),
      ],
      [
        'names of the prototype',
        JSON.stringify(payload()).replace('{', '{"__proto__":{"a":1},"constructor":[1],'),
      ],
      [
        'a section that is a text',
        JSON.stringify({ ...payload(), service: 'none', cost: 17, security: null }),
      ],
      [
        'NUL and lone halves of characters',
        JSON.stringify({ ...payload(), health: [{ ...payload()['health'][0], service: '\u0000\ud800' }] }),
      ],
    ])('%s does no harm', async (_what, content) => {
      const outcome = await load(written(`odd-${Math.random()}.json`, content));
      expect(['loaded', 'partial', 'rejected']).toContain(outcome.status);
      for (const section of outcome.sections)
        expect(section.created + section.updated + section.skipped + section.rejected).toBe(section.rowsIn);
      expect(await load(written('good.json', ofDay('2026-11-25')))).toMatchObject({ status: 'loaded' });
    });

    test('the account of the place must be the account of the payload', async () => {
      const file = written('data/111111111111/global/2026-11-20_DAILY.json', payload());
      expect(await load(file)).toMatchObject({ status: 'rejected', error: { code: 'E_ACCOUNT_MISMATCH' } });
      const object = {
        bucket: 'b',
        key: 'elsewhere.json',
        version: '1',
        lastModified: '2026-11-21T02:00:00Z',
        sseKmsKey: null,
      };
      const outcome = await loadFile(store, { file, object }, { organizationId: 'default' }, workContext());
      expect(outcome.error?.code).toBe('E_ACCOUNT_MISMATCH');
    });

    test('an account of another organisation is not taken over', async () => {
      await load(written('ours.json', payload()));
      const outcome = await load(written('theirs.json', ofDay('2026-11-21')), { organizationId: 'other' });
      expect(outcome).toMatchObject({ status: 'rejected', error: { code: 'E_ACCOUNT_TAKEN' } });
      const { rows } = await queryView(store, 'view_accounts', { organizationId: 'other', limit: 10 });
      expect(rows).toEqual([]);
    });

    test('an account that nobody knows is refused where that is wanted', async () => {
      const outcome = await load(written('unknown.json', payload()), { unknownAccounts: 'refuse' });
      expect(outcome).toMatchObject({ status: 'rejected', error: { code: 'E_UNKNOWN_ACCOUNT' } });
    });

    test('a byte order mark and an unknown section do no harm', async () => {
      const odd = `\ufeff${JSON.stringify({ ...payload(), quantum: [1] })}`;
      const outcome = await load(written('odd.json', odd));
      expect(outcome).toMatchObject({ status: 'loaded', warnings: ['section "quantum" is not known'] });
    });
  });

  describe('wrong rows', () => {
    test('are left out and told; the others are loaded', async () => {
      const [outcome] = await loadAll(
        ofDay('2026-11-20', (one) => {
          one['security'].kms.push({ key_id: null }, 'no row', { key_id: 'k', creation_date: 'yesterday' });
          one['security'].guard_duty.push({ id: 'x', severity: 'grave', account_id: '999999999999' });
        }),
      );
      expect(outcome?.status).toBe('loaded');
      expect(outcome?.sections.find(({ section }) => section === 'security')).toMatchObject({
        rowsIn: 23,
        created: 19,
        rejected: 4,
      });
      expect(
        await store.read('SELECT json_path, error_code, message FROM view360_ingest_rejects ORDER BY id'),
      ).toEqual([
        {
          json_path: 'security.guard_duty[2]',
          error_code: 'E_ROW',
          message: 'guard_duty_findings: account_id is 999999999999, another account',
        },
        { json_path: 'security.kms[2]', error_code: 'E_KEY', message: 'kms_keys: key_id is missing' },
        { json_path: 'security.kms[3]', error_code: 'E_ROW', message: 'kms_keys: is no object' },
        { json_path: 'security.kms[4]', error_code: 'E_ROW', message: 'kms_keys: creation_date is no time' },
      ]);
    });

    test('too many of them fail their section alone, which a later attempt makes good', async () => {
      const bad = ofDay('2026-11-20', (one) => {
        for (let number = 0; number < 12; number += 1) one['health'].push({ arn: null });
      });
      const [outcome] = await loadAll(bad);
      expect(outcome?.status).toBe('partial');
      expect(outcome?.sections.filter(({ status }) => status === 'failed')).toMatchObject([
        { section: 'health', rowsIn: 13, created: 0, rejected: 12 },
      ]);
      expect(await store.read('SELECT arn FROM view360_health_events')).toEqual([]);
      expect(await store.read('SELECT status FROM view360_ingest_files')).toEqual([{ status: 'PARTIAL' }]);
    });

    test('a row that is there twice counts twice and is there once', async () => {
      const [outcome] = await loadAll(
        ofDay('2026-11-20', (one) => {
          one['health'].push({ ...one['health'][0] });
        }),
      );
      expect(outcome?.sections.find(({ section }) => section === 'health')).toMatchObject({
        rowsIn: 2,
        created: 1,
        skipped: 1,
      });
    });
  });

  describe('what the system that this one follows got wrong', () => {
    test('rows land on the account of their own file, also after a failed one', async () => {
      const other = JSON.parse(JSON.stringify(payload()).replaceAll(ACCOUNT, '222222222222')) as Payload;
      other['account'].account_id = 'broken';
      await loadAll(payload(), other);
      const accounts = await store.read(
        'SELECT account_id, COUNT(*) AS c FROM view360_services GROUP BY account_id ORDER BY account_id',
      );
      expect(accounts).toEqual([
        { account_id: ACCOUNT, c: 7 },
        { account_id: '222222222222', c: 7 },
      ]);
    });

    test('applications and patches hang on their own instance', async () => {
      await loadAll(payload());
      const rows = await store.read<{ instance_id: string }>(
        'SELECT DISTINCT instance_id FROM view360_inventory_applications',
      );
      const sent = new Set(payload()['inventory'].applications.map((one: Payload) => one['instance_id']));
      expect(new Set(rows.map((row) => row.instance_id))).toEqual(sent);
    });

    test('the day and the month of one start stand beside each other', async () => {
      const month = ofDay('2026-11-20', () => undefined, 'MONTHLY');
      Object.assign(month['meta'], {
        period: { start: '2026-11-20', end: '2026-12-01' },
        period_end: '2026-11-30',
      });
      month['cost'].current_period_cost = '4000';
      await loadAll(payload(), month);
      const rows = await store.read(
        'SELECT period_granularity FROM view360_cost_reports ORDER BY period_granularity',
      );
      expect(rows).toEqual([{ period_granularity: 'DAILY' }, { period_granularity: 'MONTHLY' }]);
    });

    test('two messages of a type are both kept, and loading again doubles none', async () => {
      const twice = (at: string) =>
        ofDay('2026-11-20', (one) => {
          one['meta'].generated_at = at;
          one['logs'].message = [
            { type: 'ERROR', section: 'security', message: 'one' },
            { type: 'ERROR', section: 'security', message: 'two' },
          ];
        });
      const again = twice('2026-11-21T02:00:00.000Z');
      again['quantum'] = true;
      await loadAll(twice('2026-11-21T02:00:00.000Z'), again);
      expect(
        await store.read("SELECT message FROM log_messages WHERE message_type = 'ERROR' ORDER BY seq"),
      ).toEqual([{ message: 'one' }, { message: 'two' }]);
      expect(await store.read('SELECT id FROM logs')).toHaveLength(1);
    });

    test('the summary has a row for each account', async () => {
      const other = JSON.parse(JSON.stringify(payload()).replaceAll(ACCOUNT, '222222222222')) as Payload;
      await loadAll(payload(), other);
      const { rows } = await queryView(store, 'view_acct_summary', { organizationId: 'default', limit: 10 });
      // The third is known by a finding alone.
      expect(rows.map(({ account }) => String(account)).toSorted()).toEqual([
        ACCOUNT,
        '210987654321',
        '222222222222',
      ]);
    });

    test('a GuardDuty finding is known by its own id', async () => {
      await loadAll(payload());
      const ids = payload()['security'].guard_duty.map((one: Payload) => one['id']);
      const rows = await store.read<{ finding_id: string }>(
        'SELECT finding_id FROM view360_guard_duty_findings',
      );
      expect(rows.map((row) => row.finding_id).toSorted()).toEqual(ids.toSorted());
    });

    test('a case that was resolved does not stay open', async () => {
      await loadAll(
        payload(),
        ofDay('2026-11-21', (one) => {
          one['support_tickets'].tickets[0].status = 'resolved';
        }),
      );
      const { rows } = await queryView(store, 'view_support_open', { organizationId: 'default', limit: 10 });
      expect(rows).toEqual([]);
      expect(await store.read('SELECT time_resolved FROM view360_support_tickets')).toEqual([
        { time_resolved: '2026-11-20 09:00:00.000' },
      ]);
    });
  });

  test('the cost that the payloads of two regions repeat is counted once', async () => {
    for (const region of ['eu-west-1', 'ap-southeast-1']) {
      const file = written(`data/${ACCOUNT}/${region}/2026-11-20_DAILY.json`, '');
      const text = readFileSync(join(FIXTURES, 'version-2.json'), 'utf8');
      writeFileSync(file, text + ' '.repeat(region.length));
      expect(await load(file)).toMatchObject({ status: 'loaded', region });
    }
    const { rows } = await queryView(store, 'view_cost_daily', { organizationId: 'default', limit: 10 });
    expect(rows).toHaveLength(1);
  });

  test('what is gone, and how receiving went, is removed when it is old; no file is loaded again', async () => {
    const first = written('purged.json', ofDay('2026-11-20'));
    await load(first);
    await loadAll(
      ofDay('2026-11-21', (one) => {
        one['security'].kms = [];
      }),
    );
    const purge = (before: string) =>
      purgeAccountRows(store, { organizationId: 'default', before }, workContext());
    const keys = () => store.read('SELECT key_id FROM view360_kms_keys');
    await purge('2026-11-21T00:00:00Z');
    expect(await keys()).toHaveLength(2);
    await purge('2026-11-23T00:00:00Z');
    expect(await keys()).toEqual([]);
    expect(await store.read('SELECT id FROM log_messages')).toEqual([]);
    expect(await store.read('SELECT service FROM view360_services')).not.toEqual([]);
    expect(await load(first)).toMatchObject({ status: 'duplicate' });
  });

  test('views come to what is reckoned by hand, and no two currencies are added', async () => {
    const other = '222222222222';
    const spent = (
      id: string,
      day: string,
      currency: string,
      services: Record<string, string>,
      cost: string,
    ) => {
      const made = JSON.parse(JSON.stringify(ofDay(day)).replaceAll(ACCOUNT, id)) as Payload;
      const [row] = made['service'];
      made['service'] = Object.entries(services).map(([service, amount]) => ({
        ...row,
        service,
        cost: amount,
        currency,
      }));
      Object.assign(made['cost'], { current_period_cost: cost, currency, anomalies: [] });
      made['security'].security_hub = [];
      return made;
    };
    await loadAll(
      spent(ACCOUNT, '2026-10-31', 'USD', { EC2: '4' }, '4'),
      spent(ACCOUNT, '2026-11-20', 'USD', { EC2: '10.10', S3: '0.20' }, '10.30'),
      spent(ACCOUNT, '2026-11-21', 'USD', { EC2: '12.00', S3: '0.30' }, '12.30'),
      spent(other, '2026-11-20', 'EUR', { EC2: '7.00' }, '7.50'),
    );
    await freezeClock(store);
    const ask = async (view: string, sort: string, ...columns: string[]) =>
      (await queryView(store, view, { organizationId: 'default', sort, limit: 100 })).rows
        .filter(({ account }) => account === ACCOUNT || account === other)
        .map((row) => columns.map((column) => row[column]));
    expect(
      await ask('view_cost_month_to_date', 'account', 'currency', 'month_to_date', 'previous_month'),
    ).toEqual([
      ['USD', 22.6, 4],
      ['EUR', 7.5, null],
    ]);
    expect(
      await ask('view_cost_top_services_30d', '-BilledCost', 'ServiceName', 'currency', 'BilledCost'),
    ).toEqual([
      ['EC2', 'USD', 26.1],
      ['EC2', 'EUR', 7],
      ['S3', 'USD', 0.5],
    ]);
    expect(await ask('view_cost_reconciliation', 'period_start', 'period_start', 'currency', 'gap')).toEqual([
      ['2026-10-31', 'USD', 0],
      ['2026-11-20', 'USD', 0],
      ['2026-11-20', 'EUR', 0.5],
      ['2026-11-21', 'USD', 0],
    ]);
    const together = await queryView(store, 'view_cost_by_day', {
      organizationId: 'default',
      sort: 'cost_date',
      limit: 9,
    });
    expect(together.rows.map((row) => Object.values(row))).toEqual([
      ['default', '2026-10-31', 'USD', 4, expect.anything(), 1],
      ['default', '2026-11-20', 'EUR', 7.5, expect.anything(), 1],
      ['default', '2026-11-20', 'USD', 10.3, expect.anything(), 1],
      ['default', '2026-11-21', 'USD', 12.3, expect.anything(), 1],
    ]);
    expect(await ask('view_cost_daily', 'cost_date', 'cost_date', 'BilledCost', 'day_over_day')).toEqual([
      ['2026-10-31', 4, null],
      ['2026-11-20', 10.3, 6.3],
      ['2026-11-20', 7.5, null],
      ['2026-11-21', 12.3, 2],
    ]);
  });

  test('of each silence of an account people are told once', async () => {
    const told: string[] = [];
    let isAnybody = true;
    const tell = async () => {
      const quiet = (accounts: readonly QuietAccount[]) => {
        told.push(
          ...accounts.map(({ accountId, lastPayloadAt }) => `${accountId} ${lastPayloadAt.slice(0, 10)}`),
        );
        return Promise.resolve(isAnybody);
      };
      return tellOfQuiet(store, 'default', quiet, new AbortController().signal);
    };
    await loadAll(ofDay('2026-11-10'));
    isAnybody = false;
    expect(await tell()).toBeGreaterThan(0);
    isAnybody = true;
    const down = () => Promise.reject(new Error('down'));
    await expect(tellOfQuiet(store, 'default', down, new AbortController().signal)).rejects.toThrow('down');
    const other = await tellOfQuiet(store, 'other', down, new AbortController().signal);
    expect(other).toBe(0);
    expect(await tell()).toBe(1);
    expect(await tell()).toBe(1);
    expect(told).toEqual([`${ACCOUNT} 2026-11-11`, `${ACCOUNT} 2026-11-11`]);
    await loadAll(ofDay('2026-11-15'));
    await tell();
    expect(told[2]).toBe(`${ACCOUNT} 2026-11-16`);
    await loadAll(ofDay(new Date().toISOString().slice(0, 10)));
    expect(await tell()).toBe(0);
    expect(told).toHaveLength(3);
  });

  test('a trial says what would become of a file, and leaves nothing', async () => {
    const file = written('trial.json', payload());
    const trial = await load(file, { dryRun: true });
    expect(trial).toMatchObject({ status: 'loaded', fileId: null });
    expect(await store.read('SELECT id FROM view360_ingest_files')).toEqual([]);
    const real = await load(file);
    expect(real.sections).toEqual(trial.sections);
  });
});

/** The days around 21 November 2026; as of a day that does not pass. */
async function freezeClock(store: Store): Promise<void> {
  await store.session((session) => setReportClock(session, new Date('2999-01-01T00:00:00Z')));
  await store.session(({ execute }) =>
    execute(
      "UPDATE view360_report_clock SET as_of = '2999-01-01', d7 = '2026-11-14', d30 = '2026-10-22', d90 = '2026-08-23', in30 = '2026-12-21', in60 = '2027-01-20', in90 = '2027-02-19', month_start = '2026-11-01', prev_month_start = '2026-10-01', next_month_start = '2026-12-01', stale_before = '2026-11-19'",
    ),
  );
}

describe('all views', () => {
  test('give the same rows from every database', async () => {
    const results: Record<string, unknown>[] = [];
    for (const kind of ['sqlite', 'mariadb', 'mysql'] as const) {
      const database = createDatabase(kind);
      try {
        const store = await database.open();
        await setUpView360(store);
        for (const [at, one] of [
          ofDay('2026-11-20'),
          ofDay('2026-11-21', (two) => {
            two['security'].kms.pop();
            two['security'].kms[0].key_rotation_enabled = false;
            two['security'].certificate_manager[0].not_after = '2026-12-05T00:00:00Z';
            two['security'].secrets_manager[0].rotation_enabled = false;
          }),
        ].entries()) {
          await loadFile(
            store,
            { file: written(`${kind}-${at}.json`, one) },
            { organizationId: 'default' },
            workContext(),
          );
        }
        await freezeClock(store);
        const rows: Record<string, unknown> = {};
        for (const { name } of views) {
          const found = await queryView(store, name, { organizationId: 'default', limit: 10_000 });
          rows[name] = found.rows.map((row) => JSON.stringify(withoutLoadTimes(row))).toSorted();
          expect(await inPages(store, name, found.rows)).toEqual(rows[name]);
        }
        results.push(rows);
      } finally {
        await database.remove();
      }
    }
    expect(views).toHaveLength(81);
    expect(results[1]).toEqual(results[0]);
    expect(results[2]).toEqual(results[0]);
  }, 120_000);
});

/** All rows again, page by page, in the order of a column that some of them have no value in. */
async function inPages(store: Store, view: string, rows: readonly ViewRow[]): Promise<string[]> {
  const names = Object.keys(rows[0] ?? {}).filter((name) => !OF_LOADING.has(name));
  const [column = names[0]] = names.filter(
    (name) => rows.some((row) => row[name] === null) && rows.some((row) => row[name] !== null),
  );
  if (column === undefined) return [];
  const falling = rows.length % 2 === 0 ? '-' : '';
  const found: ViewRow[] = [];
  const limit = Math.ceil(rows.length / 3);
  for (let offset = 0; offset < rows.length; offset += limit) {
    const query = { organizationId: 'default', sort: falling + column, limit, offset };
    found.push(...(await queryView(store, view, query)).rows);
  }
  const values = found.map((row) => row[column] ?? null);
  const nulls = values.filter((value) => value === null);
  expect(values.slice(falling === '' ? 0 : values.length - nulls.length).slice(0, nulls.length)).toEqual(
    nulls,
  );
  return found.map((row) => JSON.stringify(withoutLoadTimes(row))).toSorted();
}

/** What differs from one load to the next. */
const OF_LOADING = new Set([
  'created_at',
  'updated_at',
  'id',
  'log_id',
  'source_file_id',
  'slowest_ms',
  'first_seen_at',
  'product_id',
  'row_key',
  'object_key',
]);

function withoutLoadTimes(row: Readonly<Record<string, unknown>>) {
  return Object.fromEntries(Object.entries(row).filter(([name]) => !OF_LOADING.has(name)));
}
