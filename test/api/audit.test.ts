import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { AuditEntry } from '../../src/model/audit.ts';
import { createLink } from '../../src/store/access/credentials.ts';
import type { Store } from '../../src/store/database/store.ts';
import { createApi } from '../support/api.ts';
import type { TestApi } from '../support/api.ts';
import { documentedOperations } from '../support/operations.ts';
import { createDatabase } from '../support/stores.ts';
import type { TestDatabase } from '../support/stores.ts';

let database: TestDatabase;
let store: Store;
let api: TestApi;

beforeAll(async () => {
  database = createDatabase('sqlite');
  store = await database.open();
  api = await createApi({ config: database.config, store });
});
afterAll(async () => {
  await api?.close();
  await database?.remove();
});

async function entries(query = ''): Promise<AuditEntry[]> {
  return (await api.get(`/audit${query}`, 'admin')).json.entries;
}

async function countEntries(): Promise<number> {
  return Number((await store.read<{ n: number }>('SELECT count(*) AS n FROM vedette_audit', []))[0]?.n);
}

test('every attempt of a known caller to change something is recorded, whatever became of it', async () => {
  const changing = documentedOperations(api.app).filter(
    ({ changes, access }) => changes && access !== 'anyone',
  );
  const unrecorded: string[] = [];
  for (const { method, path, body } of changing) {
    const before = await countEntries();
    await api.ask('admin', method, path.replaceAll(/\{\w+\}/g, '77'), body);
    if ((await countEntries()) !== before + 1) unrecorded.push(`${method} ${path}`);
  }
  expect(unrecorded).toEqual([]);
  const recorded = await entries(`?limit=${changing.length}`);
  for (const { actor, outcome, details } of recorded) {
    expect(actor).toMatch(/^admin \(token \d+\)$/);
    // What changed something says what was so before and is so now, instead of the status.
    const status = Number(details['status'] ?? ('after' in details ? 200 : Number.NaN));
    expect(outcome).toBe(status < 400 ? 'done' : status < 500 ? 'refused' : 'failed');
  }
});

describe('an entry', () => {
  test('tells who did what to what, and what came of it', async () => {
    await api.ask('admin', 'POST', '/tokens', { name: 'ci' });
    const [made] = await entries();
    expect(made).toMatchObject({
      action: 'tokens.create',
      target: expect.stringMatching(/^tokens\/\d+$/),
      details: {
        before: null,
        after: { name: 'ci', scope: 'read' },
      },
      outcome: 'done',
    });
    await api.post('/events/suppress', { targets: { ids: [1] }, reason: 'because', owner: 'me' });
    expect((await entries())[0]).toMatchObject({
      actor: expect.stringMatching(/^operate/),
      action: 'events.suppress',
      target: 'events/1',
      details: { request: { targets: { ids: [1] }, reason: 'because', owner: 'me' }, result: { events: 0 } },
    });
  });

  test('tells why something was refused', async () => {
    await api.ask('read', 'POST', '/runs', { accounts: 'all' });
    expect((await entries())[0]).toMatchObject({
      actor: expect.stringMatching(/^read/),
      action: 'runs.start',
      details: { status: 403, failure: 'forbidden' },
      outcome: 'refused',
    });
    await api.post('/runs', { accounts: 'nonsense' });
    expect((await entries())[0]).toMatchObject({ details: { status: 400 }, outcome: 'refused' });
  });

  test('is made of nobody whom the installation does not know', async () => {
    const before = await entries();
    await api.ask(null, 'DELETE', '/tokens/1');
    await api.ask(null, 'DELETE', '/tokens/1', undefined, { authorization: 'Bearer vdt_guess' });
    await api.ask(null, 'POST', '/session', { code: 'a guess' });
    expect(await entries()).toEqual(before);
  });

  test('never holds a secret', async () => {
    const { secret: code } = await createLink(store, 'default', {
      name: 'a link',
      scope: 'read',
      createdBy: 'me',
    });
    const { json } = await api.ask(null, 'POST', '/session', { code });
    expect((await entries())[0]).toMatchObject({
      actor: expect.stringMatching(/^a link \(session/),
      outcome: 'done',
    });
    await api.ask(null, 'POST', '/session', { code: 'guess-of-mine' });
    await api.ask(null, 'POST', '/session', { token: api.tokens.read });
    const { json: token } = await api.ask('admin', 'POST', '/tokens', { name: 'secretive' });
    await api.ask('admin', 'POST', '/tokens', { name: 'x', secret: 'in the wrong place' });
    const rows = JSON.stringify(await store.read('SELECT * FROM vedette_audit'));
    expect(rows).toContain('secretive');
    for (const secret of [
      code,
      json.csrfToken,
      'guess-of-mine',
      api.tokens.read,
      token.secret,
      'in the wrong place',
    ])
      expect(rows).not.toContain(secret);
  });
});

test('the log can be filtered, and had as a file', async () => {
  const { json: made } = await api.ask('admin', 'POST', '/tokens', { name: '=cmd' });
  await api.ask('read', 'POST', '/tokens', { name: 'refused' });
  const of = async (query: string) =>
    (await entries(`?limit=500&${query}`)).map(({ action, outcome, actor, target }) =>
      [action, outcome, actor, target].join(' '),
    );
  const all = await of('');
  const line = `tokens.create done`;
  expect((await of(`target=TOKENS/${made.id}`)).every((entry) => entry.startsWith(line))).toBe(true);
  expect(await of('outcome=refused')).toEqual(all.filter((entry) => entry.split(' ')[1] === 'refused'));
  expect(await of('actor=READ%20(')).toEqual(all.filter((entry) => entry.includes(' read (')));
  expect(await of(`until=${new Date(0).toISOString()}`)).toEqual([]);
  expect(await of(`since=${new Date(0).toISOString()}`)).toEqual(all);
  const csv = await api.get('/audit/export?action=tokens.create&outcome=done', 'admin');
  expect(csv.headers['content-disposition']).toMatch(/vedette-audit-\d{4}-\d\d-\d\d\.csv/);
  expect(csv.text.split('\n')[0]).toContain('ID,WHEN,WHO,WHAT,OF WHAT,OUTCOME,BEFORE,AFTER,DETAILS');
  // No cell is a formula.
  expect(csv.text).not.toMatch(/(^|,)"?=/m);
  const lines = (await api.get('/audit/export?format=jsonl', 'admin')).text.trim().split('\n');
  expect(lines.map((text) => JSON.parse(text).id)).toEqual((await entries('?limit=500')).map(({ id }) => id));
  expect((await api.get('/audit/export', 'operate')).status).toBe(403);
});

test('what only looks is not recorded; the log comes in pages and belongs to its organisation', async () => {
  const before = await entries('?limit=1');
  await api.get('/events');
  await api.get('/tokens', 'admin');
  expect(await entries('?limit=1')).toEqual(before);
  const { json } = await api.get('/audit?limit=2', 'admin');
  const { json: next } = await api.get(`/audit?limit=2&cursor=${json.nextCursor}`, 'admin');
  expect(next.entries[0].id).toBe(json.entries[1].id - 1);
  const { entries: theirs } = (await api.get('/audit', 'other')).json;
  expect(theirs).toMatchObject([{ action: 'tokens.create', details: { after: { name: 'other' } } }]);
  await api.ask('other', 'POST', '/tokens', { name: 'theirs' });
  expect((await api.get('/audit', 'other')).json.entries).toHaveLength(2);
});
