import { get } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Run } from '../../src/api/schemas/runs.ts';
import { startRun } from '../../src/client/runs.ts';
import { createApi } from '../support/api.ts';
import type { TestApi } from '../support/api.ts';
import { startPipeline } from '../support/pipeline.ts';
import type { Pipeline } from '../support/pipeline.ts';
import { scanRunInput } from '../support/run-input.ts';

let pipeline: Pipeline;
let api: TestApi;

beforeAll(async () => {
  pipeline = await startPipeline({ temporal: { uiUrl: 'http://ui.example/' } });
  pipeline.profiles({
    acme: { recorded_account: '111111111111', sso_account_id: '111111111111', recorded_scan: '4' },
    slow: { recorded_account: '222222222222', recorded_scan: '4', recorded_delay_seconds: '2' },
    broken: { recorded_exit_code: '1' },
    endless: { recorded_hang: 'true' },
    twin: { sso_account_id: '333333333333' },
    'other-twin': { sso_account_id: '333333333333' },
  });
  api = await createApi(pipeline);
}, 60_000);
afterAll(async () => {
  await api?.close();
  await pipeline?.stop();
}, 60_000);

async function start(body: object): Promise<string> {
  const { status, json } = await api.post('/runs', body);
  expect(status).toBe(202);
  return json.runId as string;
}

async function ended(runId: string): Promise<Run> {
  for (;;) {
    const { json } = await api.get(`/runs/${runId}`);
    if (json.status !== 'running') return json as Run;
    await sleep(100);
  }
}

interface Listener {
  answer: IncomingMessage;
  messages: { event: string; run: Run }[];
  over: Promise<void>;
}

/** Listens to the stream of a run, as a browser does. */
function listen(runId: string, token: string = api.tokens.read): Promise<Listener> {
  const headers = { authorization: `Bearer ${token}` };
  return new Promise((resolve, reject) => {
    get(`${api.url}/api/v1/runs/${runId}/events`, { headers }, (answer) => {
      const messages: Listener['messages'] = [];
      let text = '';
      answer.setEncoding('utf8').on('data', (piece: string) => {
        text += piece;
        for (let end = text.indexOf('\n\n'); end !== -1; end = text.indexOf('\n\n')) {
          const [, event, data] = /^event: (\w+)\ndata: (.*)$/s.exec(text.slice(0, end)) ?? [];
          if (event !== undefined && data !== undefined)
            messages.push({ event, run: JSON.parse(data) as Run });
          text = text.slice(end + 2);
        }
      });
      const over = new Promise<void>((close) => {
        answer.once('close', close);
      });
      resolve({ answer, messages, over });
    }).once('error', reject);
  });
}

describe('a run', () => {
  test('starts at once, is followed live to its end, and is looked at once for all', async () => {
    const before = Date.now();
    const answer = await api.post('/runs', { accounts: ['slow', '111111111111'], concurrency: 2 });
    expect(Date.now() - before).toBeLessThan(1500);
    expect(answer.status).toBe(202);
    const { runId } = answer.json;
    expect(answer.headers.location).toBe(`/api/v1/runs/${runId}`);

    const looksBefore = api.looks();
    const listeners = await Promise.all([1, 2, 3, 4, 5].map(() => listen(runId)));
    expect(listeners[0]?.answer.headers['content-type']).toBe('text/event-stream; charset=utf-8');
    await Promise.all(listeners.map(({ over }) => over));
    const seconds = (Date.now() - before) / 1000;
    expect(api.looks() - looksBefore).toBeLessThan(seconds * 10 + 5);

    for (const { messages } of listeners) {
      expect(messages.at(-1)).toMatchObject({
        event: 'end',
        run: { runId, status: 'completed', outcome: 'success' },
      });
      expect(messages.slice(0, -1).every(({ event }) => event === 'progress')).toBe(true);
    }
    const live = listeners.flatMap(({ messages }) => messages.flatMap(({ run }) => run.live));
    const stages = new Set(live.filter(({ profile }) => profile === 'slow').map(({ stage }) => stage));
    expect(stages).toContain('scan');
    expect(live.find(({ state }) => state === 'running')?.temporalUrl).toMatch(
      /^http:\/\/ui\.example\/namespaces\/default\/workflows\/scan%2Fscoutsuite%2F/,
    );

    const { json } = await api.get(`/runs/${runId}`);
    expect(json).toEqual(listeners[0]?.messages.at(-1)?.run);
    expect(json).toMatchObject({ concurrency: 2, live: [], temporalUrl: expect.stringContaining(runId) });
    expect(json.accounts.map(({ profile, outcome }: Run['accounts'][number]) => [profile, outcome])).toEqual(
      expect.arrayContaining([
        ['slow', 'success'],
        ['acme', 'success'],
      ]),
    );
    const late = await listen(runId);
    await late.over;
    expect(late.messages).toMatchObject([{ event: 'end' }]);
    expect(api.watch.size).toBe(0);
    const { json: scans } = await api.get(`/scans?run=${runId}`);
    expect(scans.scans).toHaveLength(2);
  });

  test('is not looked at any more when its listeners have left or lost their token; is cancelled; is retried', async () => {
    const runId = await start({ accounts: ['endless'] });
    const { answer, messages, over } = await listen(runId);
    while (messages.length === 0) await sleep(20);
    expect(api.watch.size).toBe(1);
    answer.destroy();
    await over;
    while (api.watch.size > 0) await sleep(20);

    const doomed = await api.ask('admin', 'POST', '/tokens', { name: 'doomed' });
    const revoked = await listen(runId, doomed.json.secret as string);
    const kept = await listen(runId);
    while (revoked.messages.length === 0 || kept.messages.length === 0) await sleep(20);
    await api.ask('admin', 'DELETE', `/tokens/${doomed.json.id}`);
    await revoked.over;
    expect(kept.answer.closed).toBe(false);
    expect(revoked.messages.at(-1)?.event).toBe('progress');
    kept.answer.destroy();

    expect((await api.post(`/runs/${runId}/retry`)).status).toBe(400);
    expect((await api.post(`/runs/${runId}/cancel`)).json).toEqual({ runId });
    const cancelled = await ended(runId);
    expect(cancelled).toMatchObject({ status: 'interrupted', accounts: [{ outcome: 'interrupted' }] });
    expect((await api.post(`/runs/${runId}/cancel`)).json.detail).toContain('is over already');

    const again = await api.post(`/runs/${runId}/retry`);
    expect(again.status).toBe(202);
    expect(again.json.runId).not.toBe(runId);
    await api.post(`/runs/${again.json.runId}/cancel`);
    await ended(again.json.runId);
  });

  test('tells what failed, with what to do about it', async () => {
    const run = await ended(await start({ accounts: ['broken'] }));
    expect(run).toMatchObject({ status: 'completed', outcome: 'failed' });
    expect(run.accounts[0]).toMatchObject({
      outcome: 'failed-scan',
      stage: 'scan',
      error: { type: 'scanner-failed', remedy: expect.stringMatching(/\w/), exitCode: 1 },
    });
  });

  test.each([
    [{ accounts: ['nobody'] }, 400, 'account-unknown'],
    [{ accounts: ['333333333333'] }, 400, 'usage'],
    [{ accounts: [] }, 400, 'usage'],
    [{ accounts: ['acme'], source: 'prowler' }, 400, 'usage'],
    [{ accounts: ['acme'], concurrency: 0 }, 400, 'usage'],
    [{ accounts: ['acme'], services: ['s33'] }, 400, 'usage'],
    [{ accounts: ['acme'], regions: ['eu-west'] }, 400, 'usage'],
    [{}, 400, 'usage'],
  ])('over %j is refused', async (body, status, failure) => {
    const answer = await api.post('/runs', body);
    expect([answer.status, answer.json.failure]).toEqual([status, failure]);
    expect(answer.json.remedy).toMatch(/\w/);
  });
});

describe('the list of runs', () => {
  test('comes in pages, newest first, and holds only those of this task queue', async () => {
    const strange = await startRun(pipeline.temporal, 'task queue of others', scanRunInput([]));
    const ids: string[] = [];
    // The server lists a new run some moments after it began.
    while (ids.length < 4) {
      ids.length = 0;
      for (let cursor: string | null = ''; cursor !== null;) {
        const { json } = await api.get(`/runs?limit=2${cursor === '' ? '' : `&cursor=${cursor}`}`);
        ids.push(...json.runs.map(({ runId }: Run) => runId));
        expect(json.runs.length).toBeLessThanOrEqual(2);
        cursor = json.nextCursor;
      }
      await sleep(50);
    }
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).not.toContain(strange);
    expect((await api.get(`/runs/${strange}`)).status).toBe(404);
    expect((await api.post(`/runs/${strange}/cancel`)).status).toBe(404);
    await pipeline.temporal.client.workflow.getHandle(strange).terminate();
    expect((await api.get('/runs?cursor=nonsense')).status).toBe(400);
  });

  test('a run that Temporal has forgotten is not found, with what that means', async () => {
    for (const path of ['/runs/run-2020', '/runs/run-2020/events']) {
      const { status, json } = await api.get(path);
      expect([status, json.failure]).toEqual([404, 'not-found']);
      expect(json.remedy).toContain('scans stay');
    }
  });
});

describe('schedules', () => {
  const entry = { kind: 'scan', cron: '0 3 * * *', timeZone: 'Europe/Paris', accounts: ['acme'] };

  test('are made, changed, paused, resumed, triggered and removed', async () => {
    const path = '/schedules/nightly';
    const made = await api.ask('admin', 'PUT', path, entry);
    expect(made.status).toBe(201);
    expect(made.json).toMatchObject({
      name: 'nightly',
      paused: false,
      entry: { ...entry, source: 'scoutsuite' },
    });
    expect(made.json.nextRunsAt.length).toBeGreaterThan(1);
    const changed = await api.ask('admin', 'PUT', path, { ...entry, cron: '0 4 * * *' });
    expect([changed.status, changed.json.entry.cron]).toEqual([200, '0 4 * * *']);

    const paused = await api.post(`${path}/pause`);
    expect(paused.json).toMatchObject({ paused: true, note: expect.stringMatching(/^paused by operate/) });
    expect((await api.post(`${path}/resume`)).json.paused).toBe(false);
    const triggered = await api.post(`${path}/trigger`);
    expect(triggered.status).toBe(202);
    expect(await ended(triggered.json.runId)).toMatchObject({ status: 'completed' });

    const { json } = await api.get('/accounts');
    const acme = json.accounts.find(({ profile }: { profile: string }) => profile === 'acme');
    expect(acme).toMatchObject({
      accountId: '111111111111',
      health: 'narrow',
      nextScanAt: expect.any(String),
    });
    const twin = json.accounts.find(({ profile }: { profile: string }) => profile === 'twin');
    expect(twin).toMatchObject({ health: 'never', lastScan: null, nextScanAt: null });

    expect((await api.ask('admin', 'DELETE', path)).status).toBe(204);
    expect((await api.get(path)).status).toBe(404);
  });

  test.each([
    [{ ...entry, cron: 'whenever' }, 'cron'],
    [{ ...entry, every: '6h' }, 'cron'],
    [{ kind: 'scan', every: '6h' }, 'accounts'],
    [{ kind: 'purge', every: '1d', olderThan: '5' }, 'olderThan'],
    [{ ...entry, nonsense: true }, 'nonsense'],
    [{ ...entry, services: ['s33'] }, 'Did you mean s3?'],
  ])('that make no sense are refused: %j', async (body, word) => {
    const { status, json } = await api.ask('admin', 'PUT', '/schedules/wrong', body);
    expect([status, json.failure]).toEqual([400, 'usage']);
    expect(json.detail).toContain(word);
  });
});
