import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Event } from '../../../src/model/event.ts';
import type { EventFilter } from '../../../src/model/filters.ts';
import type { Store } from '../../../src/store/database/store.ts';
import { getEvent, listEvents, streamEvents } from '../../../src/store/events/events.ts';
import { markNotified, pendingNotifications } from '../../../src/store/events/notifications.ts';
import { listFindings } from '../../../src/store/scans/findings.ts';
import { persistScan } from '../../../src/store/scans/persist.ts';
import { resolveEvents } from '../../../src/store/scans/resolve.ts';
import { listScans, loadScanOutcome } from '../../../src/store/scans/scans.ts';
import { ACCOUNT, at, observe } from '../../support/observations.ts';
import type { MadeUpScan } from '../../support/observations.ts';
import { createDatabase, DATABASES, workContext } from '../../support/stores.ts';
import type { TestDatabase } from '../../support/stores.ts';

const ALL = { organizationId: 'default' };
const OTHER = '222222222222';

describe.each(DATABASES)('reading from %s', (kind) => {
  let database: TestDatabase;
  let store: Store;

  async function record(scan: MadeUpScan, organizationId = 'default'): Promise<number> {
    const input = { organizationId, runId: 'run', profile: null, resultsSha256: '' };
    const { scanId } = await persistScan(store, observe(scan), input, workContext());
    await resolveEvents(store, scanId, workContext());
    return scanId;
  }

  beforeAll(async () => {
    database = createDatabase(kind);
    store = await database.open();
    await record({
      scanTime: at(0),
      events: [
        { resourceId: 'gone' },
        { resourceId: 'sg-1', resourceName: 'Web' },
        { resourceId: 'sg-2', region: 'us-east-1', level: 'low' },
        { resourceId: 'bucket', service: 's3', checkId: 's3-public', region: null, level: 'critical' },
      ],
    });
    await record({
      scanTime: at(1),
      events: [
        { resourceId: 'sg-1', resourceName: 'Web' },
        { resourceId: 'sg-2', region: 'us-east-1', level: 'low' },
      ],
    });
    await record({ scanTime: at(2), accountId: OTHER, source: 'checks', events: [{ resourceId: 'sg-1' }] });
    await record({ scanTime: at(3), events: [{ resourceId: 'theirs' }] }, 'other organisation');
  });
  afterAll(() => database.remove());

  async function resources(filter: Omit<EventFilter, 'organizationId'>): Promise<string[]> {
    const { events } = await listEvents(store, { ...ALL, ...filter }, { limit: 100 });
    return events.map(({ accountId, resourceId }) =>
      accountId === ACCOUNT ? resourceId : `${resourceId}@${accountId}`,
    );
  }

  test.each<[string, Omit<EventFilter, 'organizationId'>, string[]]>([
    ['everything', {}, [`sg-1@${OTHER}`, 'bucket', 'sg-2', 'sg-1', 'gone']],
    ['an account', { accountIds: [OTHER] }, [`sg-1@${OTHER}`]],
    ['no account', { accountIds: [] }, []],
    ['a source', { sources: ['checks'] }, [`sg-1@${OTHER}`]],
    ['active ones', { statuses: ['active'] }, [`sg-1@${OTHER}`, 'bucket', 'sg-2', 'sg-1']],
    ['resolved ones', { statuses: ['resolved'] }, ['gone']],
    ['levels', { levels: ['critical', 'low'] }, ['bucket', 'sg-2']],
    ['a service', { services: ['s3'] }, ['bucket']],
    ['a check', { checkIds: ['ec2-open-port'], accountIds: [ACCOUNT] }, ['sg-2', 'sg-1', 'gone']],
    ['a region', { regions: ['us-east-1'] }, ['sg-2']],
    ['a resource by its id', { resource: 'sg-1' }, [`sg-1@${OTHER}`, 'sg-1']],
    ['a resource by its name', { resource: 'Web' }, ['sg-1']],
    ['a name in other letters', { resource: 'web' }, []],
    ['what was seen since', { since: at(1) }, [`sg-1@${OTHER}`, 'sg-2', 'sg-1']],
    ['SQL', { resource: "' OR '1'='1" }, []],
  ])('finds %s', async (_, filter, expected) => {
    expect(await resources(filter)).toEqual(expected);
  });

  test('pages through all events without missing or repeating one', async () => {
    const pages: Event[][] = [];
    let cursor: string | null | undefined;
    while (cursor !== null) {
      const page = await listEvents(store, ALL, { limit: 2, ...(cursor === undefined ? {} : { cursor }) });
      pages.push(page.events);
      cursor = page.nextCursor;
    }
    expect(pages.map((page) => page.length)).toEqual([2, 2, 1]);
    const { events } = await listEvents(store, ALL, { limit: 5 });
    expect(pages.flat()).toEqual(events);
    expect((await listEvents(store, ALL, { limit: 5 })).nextCursor).toBeNull();
  });

  test.each(['', 'x', 'aWQ6MSBPUiAx', Buffer.from('id:-1').toString('base64url')])(
    'refuses the cursor %j',
    async (cursor) => {
      await expect(listEvents(store, ALL, { limit: 2, cursor })).rejects.toMatchObject({ type: 'usage' });
    },
  );

  test('streams every event', async () => {
    const streamed: Event[] = [];
    for await (const event of streamEvents(store, ALL)) streamed.push(event);
    expect(streamed).toEqual((await listEvents(store, ALL, { limit: 100 })).events);
  });

  test("another organisation's event is not found", async () => {
    const { events } = await listEvents(store, { organizationId: 'other organisation' }, { limit: 1 });
    const id = Number(events[0]?.id);
    expect(await getEvent(store, 'other organisation', id)).toMatchObject({ resourceId: 'theirs' });
    await expect(getEvent(store, 'default', id)).rejects.toMatchObject({ type: 'not-found' });
  });

  test('findings are those of the newest scan of each account', async () => {
    const { findings, nextCursor } = await listFindings(store, ALL, { limit: 10 });
    expect(
      findings.map(({ accountId, source, scanTime, checkId, flaggedItems }) => [
        accountId,
        source,
        scanTime,
        checkId,
        flaggedItems,
      ]),
    ).toEqual([
      [ACCOUNT, 'scoutsuite', at(1), 'ec2-open-port', 2],
      [OTHER, 'checks', at(2), 'ec2-open-port', 1],
    ]);
    expect(nextCursor).toBeNull();
  });

  test('findings of one scan, page by page', async () => {
    const { scans } = await listScans(store, { ...ALL, accountIds: [ACCOUNT] }, { limit: 10 });
    const scanId = Number(scans.at(-1)?.scanId);
    const first = await listFindings(store, { ...ALL, scanId }, { limit: 1 });
    expect(first.findings).toEqual([
      {
        id: expect.any(Number),
        scanId,
        organizationId: 'default',
        accountId: ACCOUNT,
        source: 'scoutsuite',
        scanTime: at(0),
        service: 'ec2',
        checkId: 'ec2-open-port',
        level: 'high',
        sourceLevel: 'danger',
        title: 'A port is open',
        rationale: 'Anybody can connect.',
        remediation: null,
        references: ['https://example.com/why'],
        compliance: [{ name: 'CIS', version: '1.0.0', reference: '4.1' }],
        flaggedItems: 3,
        unknownItems: 0,
        checkedItems: 10,
        evaluated: true,
      },
    ]);
    const second = await listFindings(
      store,
      { ...ALL, scanId },
      { limit: 1, cursor: String(first.nextCursor) },
    );
    expect(second.findings.map(({ checkId }) => checkId)).toEqual(['s3-public']);
    expect(second.nextCursor).toBeNull();
    expect(
      (await listFindings(store, { organizationId: 'other organisation', scanId }, { limit: 1 })).findings,
    ).toEqual([]);
  });

  test('lists scans by run, newest first', async () => {
    const first = await listScans(store, { ...ALL, runId: 'run' }, { limit: 2 });
    expect(first.scans.map(({ scanTime }) => scanTime)).toEqual([at(2), at(1)]);
    const rest = await listScans(
      store,
      { ...ALL, runId: 'run' },
      { limit: 2, cursor: String(first.nextCursor) },
    );
    expect(rest.scans.map(({ scanTime }) => scanTime)).toEqual([at(0)]);
    expect((await listScans(store, { ...ALL, runId: 'no such run' }, { limit: 2 })).scans).toEqual([]);
  });

  test('what is to be notified, gravest first, and marked once', async () => {
    const key = { organizationId: 'default', accountId: ACCOUNT, source: 'scoutsuite' };
    const pending = await pendingNotifications(store, {
      ...key,
      levels: ['high', 'low', 'critical'],
      perLevel: 1,
    });
    expect(
      pending.levels.map(({ level, total, events }) => [
        level,
        total,
        events.map((event) => event.resourceId),
      ]),
    ).toEqual([
      ['critical', 1, ['bucket']],
      ['high', 1, ['sg-1']],
      ['low', 1, ['sg-2']],
    ]);
    expect(pending.ids).toHaveLength(3);
    expect(pending.levels[1]?.events[0]).toEqual({
      id: expect.any(Number),
      level: 'high',
      service: 'ec2',
      checkId: 'ec2-open-port',
      title: 'A port is open',
      rationale: 'Anybody can connect.',
      remediation: null,
      resourceId: 'sg-1',
      resourceName: 'Web',
      resourceType: 'security_group',
      region: 'eu-west-1',
      firstSeen: at(0),
      reopenedAt: null,
      raisedFrom: null,
      unconfirmed: false,
    });

    const { scans } = await listScans(store, { ...ALL, accountIds: [ACCOUNT] }, { limit: 1 });
    const scanId = Number(scans[0]?.scanId);
    expect(await markNotified(store, 'other organisation', pending.ids, scanId)).toBe(0);
    expect(await markNotified(store, 'default', pending.ids.slice(0, 2), scanId)).toBe(2);
    expect(await markNotified(store, 'default', pending.ids.slice(0, 2), scanId)).toBe(0);
    expect(await markNotified(store, 'default', [], scanId)).toBe(0);
    expect((await loadScanOutcome(store, 'default', scanId)).notified).toBe(2);
    await expect(loadScanOutcome(store, 'other organisation', scanId)).rejects.toMatchObject({
      type: 'not-found',
    });
    const left = await pendingNotifications(store, {
      ...key,
      levels: ['critical', 'high', 'low'],
      perLevel: 0,
    });
    expect(left).toEqual({ levels: [{ level: 'low', total: 1, events: [] }], ids: [pending.ids[2]] });
  });
});

const HOSTILE = {
  quotes: `'; DROP TABLE scout_events; -- " \` \\' \\`,
  html: '<script>alert("x")</script>',
  nul: 'before\u0000after',
  controls: '\u001B[31mred\u001B[0m\r\n\t\u001A',
  rightToLeft: '\u202Egnp.exe\u202C \u200F\u05D0\u05D1',
  fourBytes: '😀👩‍👩‍👧‍👦𝕏',
  percent: '100%_?:name @x',
  spaces: '  around  ',
};

describe.each(DATABASES)('hostile text in %s', (kind) => {
  let database: TestDatabase;
  beforeAll(() => {
    database = createDatabase(kind);
  });
  afterAll(() => database.remove());

  const persist = (store: Store, scan: MadeUpScan) =>
    persistScan(
      store,
      observe(scan),
      { organizationId: 'default', runId: HOSTILE.quotes, profile: HOSTILE.nul, resultsSha256: '' },
      workContext(),
    );

  test('comes back as it was', async () => {
    const store = await database.open();
    const events = Object.values(HOSTILE).map((text) => ({
      resourceId: text,
      resourceName: text,
      itemPath: text,
      eventHash: createHash('sha256').update(text).digest('hex'),
      details: { text, [text]: [text] },
    }));
    await persist(store, { scanTime: at(0), events, warnings: Object.values(HOSTILE) });
    const { events: stored } = await listEvents(store, ALL, { limit: 100 });
    for (const text of Object.values(HOSTILE)) {
      const found = stored.find((event) => event.resourceId === text);
      expect(found).toMatchObject({ resourceName: text, itemPath: text });
      expect((await getEvent(store, 'default', Number(found?.id))).details).toEqual({ text, [text]: [text] });
    }
    const { scans } = await listScans(store, ALL, { limit: 1 });
    expect(scans).toMatchObject([
      { warnings: Object.values(HOSTILE), runId: HOSTILE.quotes, profile: HOSTILE.nul },
    ]);
  });

  test('names that differ in case or accent alone are different', async () => {
    const store = await database.open();
    const names = ['Resume', 'resume', 'Résumé', 'RESUME'];
    await persist(store, {
      scanTime: at(1),
      events: names.map((name) => ({ resourceId: name, resourceName: name })),
    });
    for (const name of names) {
      const { events } = await listEvents(store, { ...ALL, resource: name }, { limit: 10 });
      expect(events.map(({ resourceId }) => resourceId)).toEqual([name]);
    }
  });

  test('of any length is neither refused nor lost', async () => {
    const store = await database.open();
    const longest = 'ä'.repeat(2048);
    const longer = '😀'.repeat(5000);
    await persist(store, {
      scanTime: at(2),
      events: [
        { resourceId: longest, resourceName: longest, itemPath: 'p'.repeat(100_000), stablePath: '1' },
        { resourceId: longer, resourceName: longer, stablePath: '2' },
      ],
    });
    const { events } = await listEvents(store, { ...ALL, since: at(2) }, { limit: 10 });
    const [shortened, whole] = events;
    expect(whole).toMatchObject({
      resourceId: longest,
      resourceName: longest,
      itemPath: 'p'.repeat(100_000),
    });
    expect(shortened?.resourceId).toBe(`${'😀'.repeat(2047)}…`);
    expect((await getEvent(store, 'default', Number(shortened?.id))).details).toMatchObject({
      fullResourceId: longer,
      fullResourceName: longer,
    });
  });

  test('of great length many times over fits into statements', async () => {
    const store = await database.open();
    const events = Array.from({ length: 60 }, (_, index) => ({
      resourceId: `long-${index}`,
      itemPath: 'p'.repeat(400_000),
    }));
    const scan = { scanTime: at(4), accountId: '333333333333', events };
    expect((await persist(store, scan)).events.new).toBe(60);
  });

  test('where a name of the scanner belongs, or out of all proportion, is refused, with nothing stored', async () => {
    const store = await database.open();
    for (const tooLong of [{ checkId: 'c'.repeat(300) }, { itemPath: 'p'.repeat(2 ** 20 + 1) }]) {
      const scan = { scanTime: at(5), events: [{ resourceId: 'x', ...tooLong }] };
      await expect(persist(store, scan)).rejects.toMatchObject({ type: 'results-invalid' });
    }
    expect((await listScans(store, { ...ALL, since: at(5) }, { limit: 1 })).scans).toEqual([]);
  });
});
