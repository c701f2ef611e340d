import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { problemOf } from '../../src/api/problem.ts';
import { problem } from '../../src/api/schemas/common.ts';
import { VedetteError } from '../../src/errors.ts';
import { FAILURE_TYPES } from '../../src/model/failure.ts';
import type { Store } from '../../src/store/database/store.ts';
import { createApi } from '../support/api.ts';
import type { Answer, TestApi } from '../support/api.ts';
import { createDatabase } from '../support/stores.ts';
import type { TestDatabase } from '../support/stores.ts';

let database: TestDatabase;
let store: Store;
let api: TestApi;
/** What the next read of the database fails with. */
let failure: unknown;

beforeAll(async () => {
  database = createDatabase('sqlite');
  store = await database.open();
  const failing: Store = {
    ...store,
    read: (sql, values) =>
      failure === undefined || sql.includes('credentials')
        ? store.read(sql, values)
        : Promise.reject(failure),
  };
  api = await createApi({ config: database.config, store: failing });
});
afterAll(async () => {
  await api?.close();
  await database?.remove();
});

function expectProblem(answer: Answer, status: number, type: string): void {
  expect([answer.status, answer.json?.failure]).toEqual([status, type]);
  expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8');
  expect(problem.parse(answer.json)).toMatchObject({ status });
  expect(answer.json.remedy).toMatch(/\w/);
}

describe('requests that are wrong', () => {
  test('are told what is wrong, by its path', async () => {
    const body = { targets: { ids: [1] }, reason: 'because', owner: 5, more: true };
    const answer = await api.post('/events/suppress', body);
    expectProblem(answer, 400, 'usage');
    expect(answer.json.errors).toEqual(
      expect.arrayContaining([{ path: 'body.owner', message: expect.stringContaining('expected string') }]),
    );
    const query = await api.get('/events?limit=1000&level=worst');
    expect(query.json.errors.map(({ path }: { path: string }) => path)).toEqual(
      expect.arrayContaining(['querystring.limit', 'querystring.level.0']),
    );
  });

  test('with parameters that are not known', async () => {
    for (const path of [
      '/events?level=high&fixedSince=7d',
      '/accounts?fixedSince=7d',
      '/runs?fixedSince=7d',
    ]) {
      const answer = await api.get(path);
      expectProblem(answer, 400, 'usage');
      expect(answer.json.errors).toEqual([
        { path: 'querystring', message: expect.stringContaining('fixedSince') },
      ]);
    }
  });

  test('for what is not there', async () => {
    expectProblem(await api.get('/nothing'), 404, 'not-found');
    expectProblem(await api.get('/events/999'), 404, 'not-found');
    expectProblem(await api.get('/events/one'), 400, 'usage');
    expectProblem(await api.ask(null, 'GET', '//somewhere'), 404, 'not-found');
  });

  test('by a method that is not known there', async () => {
    const answer = await api.ask('admin', 'DELETE', '/events/1');
    expectProblem(answer, 405, 'usage');
    expect(answer.headers.allow).toBe('GET, HEAD');
  });

  test('with a body that cannot be read', async () => {
    expectProblem(await api.post('/runs', '{'), 400, 'usage');
    expectProblem(await api.post('/runs', ''), 400, 'usage');
    expectProblem(await api.post('/runs', `{"accounts": ["${'x'.repeat(1024 * 1024)}"]}`), 413, 'usage');
    for (const type of ['text/plain', 'application/xml', 'application/x-www-form-urlencoded'])
      expectProblem(await api.ask('operate', 'POST', '/runs', 'x', { 'content-type': type }), 415, 'usage');
    expectProblem(await api.post('/runs', '{"__proto__": {"accounts": "all"}}'), 400, 'usage');
  });
});

describe('what goes wrong inside', () => {
  test.each([
    [new TypeError('secret of the inside'), 500, 'unexpected'],
    [
      new VedetteError('database-unreachable', 'Database secret of the inside at 10.0.0.1'),
      503,
      'database-unreachable',
    ],
    [new VedetteError('database-busy', 'secret of the inside'), 503, 'database-busy'],
    [new VedetteError('database-refused', 'secret of the inside'), 500, 'database-refused'],
  ])('%s is told by its kind only', async (thrown, status, type) => {
    failure = thrown;
    const answer = await api.get('/events');
    failure = undefined;
    expectProblem(answer, status, type);
    expect(answer.text).not.toContain('inside at');
    expect(answer.text).not.toContain('secret');
    expect(answer.headers['retry-after']).toBe(status === 503 ? '5' : undefined);
  });

  test('an export that cannot begin is a problem, and no file that is cut off', async () => {
    failure = new VedetteError('database-unreachable', 'away');
    const answer = await api.get('/events/export');
    failure = undefined;
    expectProblem(answer, 503, 'database-unreachable');
  });

  test('a Temporal server that is away', async () => {
    for (const path of ['/runs', '/runs/x', '/runs/x/events', '/schedules', '/schedules/x']) {
      const answer = await api.get(path);
      expectProblem(answer, 503, 'temporal-unreachable');
      expect(answer.headers['retry-after']).toBe('5');
    }
    expect((await api.get('/accounts')).status).toBe(200);
  });
});

test('every kind of failure has a status that says whose fault it is', () => {
  for (const type of FAILURE_TYPES) {
    const { status, failure: told } = problemOf(new VedetteError(type, 'what happened'), 'req-1');
    expect(told).toBe(type);
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(600);
  }
});
