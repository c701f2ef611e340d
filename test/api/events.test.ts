import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { importResults } from '../../src/import-results.ts';
import type { Event } from '../../src/model/event.ts';
import { sources } from '../../src/sources/registry.ts';
import type { Store } from '../../src/store/database/store.ts';
import { createApi } from '../support/api.ts';
import type { TestApi } from '../support/api.ts';
import { recorded } from '../support/cli.ts';
import { createDatabase, workContext } from '../support/stores.ts';
import type { TestDatabase } from '../support/stores.ts';

let database: TestDatabase;
let store: Store;
let api: TestApi;
/** Statements that read events. */
let reads = 0;

beforeAll(async () => {
  database = createDatabase('sqlite');
  store = await database.open();
  for (const number of [1, 2]) {
    const file = recorded('111111111111', number);
    await importResults(file, sources.byId('scoutsuite'), { store, config: database.config }, workContext());
  }
  const counted: Store = {
    ...store,
    read: (sql, values) => {
      if (sql.includes('FROM scout_events')) reads += 1;
      return store.read(sql, values);
    },
  };
  api = await createApi({ config: database.config, store: counted });
});
afterAll(async () => {
  await api?.close();
  await database?.remove();
});

async function count(condition: string): Promise<number> {
  const [row] = await store.read<{ n: number }>(`SELECT COUNT(*) AS n FROM scout_events WHERE ${condition}`);
  return row?.n ?? 0;
}

async function allPages(query: string): Promise<Event[]> {
  const events: Event[] = [];
  for (let cursor: string | null = ''; cursor !== null;) {
    const { json } = await api.get(`/events?limit=100&${query}${cursor === '' ? '' : `&cursor=${cursor}`}`);
    events.push(...json.events);
    cursor = json.nextCursor;
  }
  return events;
}

describe('the list', () => {
  test('pages through all, each once', async () => {
    const events = await allPages('sort=-level');
    expect(new Set(events.map(({ id }) => id)).size).toBe(await count('1 = 1'));
  });

  test.each([
    ['level=high,critical&status=active', "level IN ('high', 'critical') AND resolved_at IS NULL"],
    ['level=high&level=critical&status=active', "level IN ('high', 'critical') AND resolved_at IS NULL"],
    ['status=resolved', 'resolved_at IS NOT NULL'],
    ['service=s3&region=us-east-1', "service = 's3' AND region = 'us-east-1'"],
    ['region=', 'region IS NULL'],
    ['check=s3-bucket-no-versioning', "check_id = 's3-bucket-no-versioning'"],
    ['account=111111111111&source=scoutsuite', '1 = 1'],
    ['account=222222222222', '1 = 0'],
    ['search=BUCKET-no', "check_id LIKE '%bucket-no%' OR resource_name LIKE '%bucket-no%'"],
    ['resolvedSince=2026-11-01T00:00:00.000Z', 'resolved_at IS NOT NULL'],
    ['resolvedSince=2026-11-01T00:00:00.000Z&sort=-resolvedAt', 'resolved_at IS NOT NULL'],
    ['resolvedUntil=2026-11-01T00:00:00.000Z', '1 = 0'],
    ['newSince=2026-11-22T15:52:00.000Z', "first_seen >= '2026-11-22 15:52'"],
    ['newUntil=2026-11-22T15:52:00.000Z', "first_seen < '2026-11-22 15:52'"],
    ['reopenedSince=2026-11-01T00:00:00.000Z', 'reopened_at IS NOT NULL'],
    ['since=2026-11-22T15:52:00.000Z', "last_seen >= '2026-11-22 15:52'"],
  ])('narrowed by %s', async (query, condition) => {
    const events = await allPages(query);
    expect(events).toHaveLength(await count(condition));
  });

  test('a cursor of another order, or none at all, is refused', async () => {
    const { json } = await api.get('/events?limit=1&sort=-level');
    for (const query of [
      `sort=lastSeen&cursor=${json.nextCursor}`,
      'cursor=x',
      'limit=0',
      'level=worst',
      'since=yesterday',
    ]) {
      const answer = await api.get(`/events?${query}`);
      expect([query, answer.status, answer.json.failure]).toEqual([query, 400, 'usage']);
    }
    expect((await api.get('/events?account=nobody')).json.failure).toBe('account-unknown');
  });
});

test('facets and groups count what the list shows', async () => {
  const { json: facets } = await api.get('/events/facets?status=active&level=high');
  expect(facets.total).toBe(await count("level = 'high' AND resolved_at IS NULL"));
  expect(facets.exact).toBe(true);
  const levels = Object.fromEntries(
    facets.level.map(({ value, events }: { value: string; events: number }) => [value, events]),
  );
  expect(levels['medium']).toBe(await count("level = 'medium' AND resolved_at IS NULL"));
  for (const by of ['check', 'resource']) {
    const { json } = await api.get(`/events/groups?by=${by}&limit=500`);
    const total = json.groups.reduce((sum: number, group: { active: number }) => sum + group.active, 0);
    expect(total).toBe(await count('resolved_at IS NULL'));
  }
  expect((await api.get('/events/groups')).status).toBe(400);
});

test('one event has its evidence, its finding and its history', async () => {
  const [event] = await allPages('status=resolved');
  const { json } = await api.get(`/events/${event?.id}`);
  expect(json).toMatchObject({ ...event, suppression: null, finding: { title: expect.any(String) } });
  expect(json.history.map(({ kind }: { kind: string }) => kind)).toEqual(['resolved', 'new']);
  expect((await api.get('/events/999999')).status).toBe(404);
});

test('the summary, scans and findings are those of the database', async () => {
  const { json: summary } = await api.get('/summary?days=7');
  expect(summary.open.total).toBe(await count('resolved_at IS NULL'));
  expect(summary.daily).toHaveLength(7);
  const { json } = await api.get('/scans');
  expect(json.scans.map(({ scanId }: { scanId: number }) => scanId)).toEqual([2, 1]);
  const scan = await api.get('/scans/2');
  expect(scan.json.scope.services.length).toBeGreaterThan(10);
  const findings = await api.get('/findings?scan=1&flagged=true&service=s3');
  expect(findings.json.findings.length).toBeGreaterThan(2);
  expect(findings.json.findings[0]).toMatchObject({ scanId: 1, service: 's3' });
});

describe('suppressing', () => {
  const why = { reason: 'accepted until the migration', owner: 'platform team' };

  test('by ids, and taking it back', async () => {
    const [one, other] = await allPages('status=active&service=s3');
    const ids = [one?.id ?? 0, other?.id ?? 0];
    const answer = await api.post('/events/suppress', { targets: { ids: [...ids, 999_999] }, ...why });
    expect(answer.json).toEqual({ suppressionId: expect.any(Number), events: 2 });
    const shown = await api.get(`/events/${one?.id}`);
    expect(shown.json).toMatchObject({
      status: 'suppressed',
      suppression: { ...why, kind: 'accepted-risk', createdBy: expect.stringMatching(/^operate \(token/) },
    });
    const days = (Date.parse(shown.json.suppression.expiresAt) - Date.now()) / 86_400_000;
    expect(days).toBeCloseTo(90, 1);
    expect(shown.json.history[0]).toMatchObject({ kind: 'suppressed', reason: why.reason });
    expect((await api.get('/summary')).json.open.suppressed).toBe(2);
    const back = await api.post('/events/unsuppress', { targets: { ids } });
    expect(back.json).toEqual({ suppressionId: null, events: 2 });
    expect((await api.get(`/events/${one?.id}`)).json.status).toBe('active');
  });

  test('by a rule, which is listed, changed and ended', async () => {
    const wanted = await count("check_id = 'iam-password-policy-no-expiration' AND resolved_at IS NULL");
    const rule = { checkId: 'iam-password-policy-no-expiration' };
    const added = await api.post('/suppressions', { rule, ...why, kind: 'false-positive', expiresAt: null });
    expect(added).toMatchObject({ status: 201, json: { events: wanted } });
    const path = `/suppressions/${added.json.suppressionId}`;
    const listed = (await api.get('/suppressions')).json.suppressions;
    expect(listed).toMatchObject([
      { kind: 'false-positive', expiresAt: null, rule: { ...rule, accountId: null }, events: wanted },
    ]);
    const changed = await api.ask('operate', 'PATCH', path, { owner: 'somebody else' });
    expect(changed.json).toMatchObject({ owner: 'somebody else', reason: why.reason });
    expect((await api.ask('operate', 'DELETE', path)).json).toMatchObject({ events: wanted });
    expect((await api.get('/suppressions')).json.suppressions).toEqual([]);
    expect((await api.ask('operate', 'DELETE', path)).status).toBe(404);
    expect((await api.post('/suppressions', { rule: {}, ...why })).status).toBe(400);
  });

  test('by a filter, until it ends by itself', async () => {
    const wanted = await count("service = 'iam' AND level = 'low' AND resolved_at IS NULL");
    const filter = { service: ['iam'], level: ['low'] };
    const expiresAt = new Date(Date.now() + 1500).toISOString();
    const answer = await api.post('/events/suppress', { targets: { filter }, ...why, expiresAt });
    expect(answer.json.events).toBe(wanted);
    expect(await allPages('status=suppressed')).toHaveLength(wanted);
    while ((await allPages('status=suppressed')).length > 0) await sleep(250);
    expect(Date.now()).toBeGreaterThanOrEqual(Date.parse(expiresAt));
  });

  test('without a reason, an owner or a target is refused, and so is an end in the past', async () => {
    for (const body of [
      { targets: { ids: [1] }, reason: 'x', owner: 'me' },
      { targets: { ids: [1] }, reason: 'because', owner: ' ' },
      { targets: {}, ...why },
      { targets: { ids: [] }, ...why },
      { targets: { ids: [1] }, ...why, expiresAt: '2020-01-01T00:00:00.000Z' },
      { targets: { filter: { nonsense: ['x'] } }, ...why },
    ]) {
      expect((await api.post('/events/suppress', body)).status).toBe(400);
    }
  });
});

describe('exports', () => {
  test('as CSV have the columns of the command line and a row for each event', async () => {
    const answer = await api.get('/events/export?status=active');
    expect(answer.headers).toMatchObject({
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': expect.stringMatching(
        /^attachment; filename="vedette-events-\d{4}-\d\d-\d\d\.csv"$/,
      ),
    });
    const lines = answer.text.trimEnd().split('\n');
    expect(lines[0]).toBe(
      'ID,LEVEL,STATUS,ACCOUNT NAME,ACCOUNT,REGION,RESOURCE TYPE,RESOURCE,CHECK,FIRST SEEN,LAST SEEN,SERVICE,' +
        'RESOURCE ID,RESOLVED,TITLE,WHY IT MATTERS,WHAT TO DO,SUPPRESSED BECAUSE,SUPPRESSION OWNER,SUPPRESSED UNTIL',
    );
    expect(lines).toHaveLength(1 + (await count('resolved_at IS NULL')));
  });

  test('as JSON lines are the events, and as OCSF one finding for each', async () => {
    const events = await allPages('service=s3');
    const lines = (await api.get('/events/export?format=jsonl&service=s3')).text.trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line))).toEqual(events);
    const ocsf = (await api.get('/events/export?format=ocsf&service=s3')).text.trimEnd().split('\n');
    const uids = ocsf
      .map((line) => JSON.parse(line))
      .map(({ class_uid, finding_info }) => [class_uid, finding_info.uid]);
    expect(uids).toEqual(events.map(({ id }) => [2003, `default/${id}`]));
  });

  test('as ASFF is one finding for each, with what its check says', async () => {
    const events = await allPages('service=s3');
    const asff = (await api.get('/events/export?format=asff&service=s3')).text.trimEnd().split('\n');
    const findings = asff.map((line) => JSON.parse(line) as { Id: string; Title: string });
    expect(findings.map(({ Id }) => Id)).toEqual(events.map(({ id }) => `vedette/default/${id}`));
    expect(findings.filter(({ Title }) => !Title.includes(' '))).toEqual([]);
  });

  test('are not made for those who only ask about them', async () => {
    expect((await api.ask('read', 'HEAD', '/events/export')).status).toBeGreaterThanOrEqual(400);
    expect((await api.ask('read', 'HEAD', '/events')).status).toBe(200);
  });

  test('of nothing are empty files', async () => {
    expect((await api.get('/events/export?account=222222222222')).text).toMatch(/^ID,[^\n]+\n$/);
    expect((await api.get('/events/export?account=222222222222&format=jsonl')).text).toBe('');
  });

  test('a client that stops reading stops the reading of the database, and one that leaves ends it', async () => {
    await manyMoreEvents(200_000);
    const pages = 200;
    reads = 0;
    const socket = connect(Number(new URL(api.url).port), '127.0.0.1');
    socket.pause();
    socket.write(
      `GET /api/v1/events/export?format=jsonl HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${api.tokens.read}\r\n\r\n`,
    );
    const before = await settledReads();
    expect(before).toBeGreaterThan(0);
    expect(reads).toBeLessThan(pages / 2);
    socket.resume();
    for (let now = before; now <= before; now = reads) await once(socket, 'data');
    socket.destroy();
    expect(await settledReads()).toBeLessThan(pages);
  });
});

/** How often events were read, once that goes up no more. */
async function settledReads(): Promise<number> {
  for (let before = -1; ; await sleep(300)) {
    const now = reads;
    if (now > 0 && now === before) return now;
    before = now;
  }
}

/** Copies of the first event. */
async function manyMoreEvents(number: number): Promise<void> {
  const columns =
    'organization_id, account_id, source, service, check_id, level, resource_id, resource_name, resource_type, region, ' +
    'item_path, details, first_seen, last_seen, last_scan_id';
  await store.session((session) =>
    session.execute(
      `INSERT INTO scout_events (${columns}, event_hash) WITH RECURSIVE seq(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM seq WHERE n < ${number}) ` +
        `SELECT ${columns}, 'copy ' || n FROM scout_events JOIN seq WHERE id = 1`,
    ),
  );
}
