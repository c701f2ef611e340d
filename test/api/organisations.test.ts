import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { encodeName } from '../../src/artifacts/artifact-store.ts';
import { awaitEnd } from '../../src/client/organizations.ts';
import { listRunPage } from '../../src/client/run-pages.ts';
import { awaitRun, cancelRun, describeRun } from '../../src/client/runs.ts';
import { listSchedules, putSchedule } from '../../src/client/schedules.ts';
import { importResults } from '../../src/import-results.ts';
import { accountScanId, organizationScoped, scanSummaryId } from '../../src/model/names.ts';
import { definitionOfEntry } from '../../src/planning/schedule-definition.ts';
import { configOf } from '../../src/settings.ts';
import { sources } from '../../src/sources/registry.ts';
import { listAudit } from '../../src/store/access/audit.ts';
import { openPersonSession } from '../../src/store/access/credentials.ts';
import { addAccount, recordCheck } from '../../src/store/accounts/accounts.ts';
import { transaction } from '../../src/store/database/store.ts';
import type { Store } from '../../src/store/database/store.ts';
import { suppressEvents } from '../../src/store/events/suppressions.ts';
import { jobBook } from '../../src/store/objects/jobs.ts';
import { objectLedger } from '../../src/store/objects/ledger.ts';
import { tablesOfOrganizations } from '../../src/store/organizations/delete.ts';
import { persistScan } from '../../src/store/scans/persist.ts';
import { resolveEvents } from '../../src/store/scans/resolve.ts';
import { loadFile } from '../../src/view360/receive/load-file.ts';
import { createApi, OTHER_ORGANISATION } from '../support/api.ts';
import type { TestApi } from '../support/api.ts';
import { recorded } from '../support/cli.ts';
import { madeUpDetection, observeCoverage } from '../support/coverage.ts';
import { at, observe } from '../support/observations.ts';
import { documentedOperations } from '../support/operations.ts';
import { cookieBrowser, makeMember } from '../support/people.ts';
import { startPipeline } from '../support/pipeline.ts';
import type { Pipeline } from '../support/pipeline.ts';
import { addOrganizations, createDatabase, DATABASES, workContext } from '../support/stores.ts';
import type { TestDatabase } from '../support/stores.ts';
import { until } from '../support/until.ts';
import { payloadOf, writePayload } from '../support/view360-payloads.ts';

const SCHEDULE = 'nightly-of-the-first';
const BUCKET = 'bucket-of-the-first';
const DETECTION = 'detection-of-the-first';
/** Where the first organisation must have rows, so that there is something to keep from the other one. */
const FILLED = [
  'coverage_detections',
  'coverage_scans',
  's3_batches',
  's3_findings',
  's3_jobs',
  's3_objects',
  'scout_event_findings',
  'scout_events',
  'scout_scans',
  'vedette_audit',
  'vedette_credentials',
  'vedette_event_counts',
  'vedette_suppressions',
];

let pipeline: Pipeline;
let runId: string;

beforeAll(async () => {
  pipeline = await startPipeline();
  pipeline.profiles({
    'profile-of-the-first': { recorded_account: '111111111111', recorded_scan: '4' },
    slow: { recorded_hang: 'true' },
  });
  await addOrganizations(pipeline.store, OTHER_ORGANISATION);
  const account = await addAccount(pipeline.store, OTHER_ORGANISATION, {
    name: 'their-account',
    accountId: '111111111111',
    roleArn: 'arn:aws:iam::111111111111:role/vedette',
    baseProfile: 'slow',
    createdBy: 'a test',
  });
  await recordCheck(pipeline.store, account, null);
  runId = await pipeline.start(['profile-of-the-first']);
  await awaitRun(pipeline.temporal, runId);
  const entry = { every: '6h', accounts: ['profile-of-the-first'] };
  await putSchedule(place(), definitionOfEntry(SCHEDULE, entry, pipeline.config));
}, 60_000);
afterAll(async () => {
  await pipeline?.stop();
}, 60_000);

const place = () => pipeline.place;

/** What somebody might ask for who knows the first organisation. */
const guessesOf = () => ({
  account: '111111111111',
  bucket: BUCKET,
  job_id: runId,
  run: runId,
  scan: '1',
});

/** A job of the first organisation over a bucket, with what it found. */
async function fillJob(store: Store): Promise<void> {
  const job = { account: 'profile-of-the-first', bucket: BUCKET, prefix: '', detectors: ['ssn'] };
  await jobBook(store, 'default').add({ job_id: runId, ...job });
  const ledger = objectLedger(async () => store, 'default', runId, workContext().signal);
  const found = { detector: 'ssn', byteOffset: 0, length: 11, member: null };
  await ledger.planned([{ name: 'a', objects: 1 }]);
  await ledger.record('a', BUCKET, 'd', [
    {
      key: 'key of the first',
      etag: '"e"',
      isKnown: false,
      bytes: 200,
      status: 'succeeded',
      reason: null,
      matches: { ssn: 1 },
      findings: [{ ...found, maskedMatch: 'XXX-XX-6789', context: 'context of the first' }],
    },
  ]);
}

describe.each(DATABASES)('the data of one organisation, with %s', (kind) => {
  let database: TestDatabase;
  let store: Store;
  let api: TestApi;

  beforeAll(async () => {
    database = createDatabase(kind);
    store = await database.open();
    const config = { ...pipeline.config, database: database.config.database };
    await importResults(
      recorded('111111111111', 4),
      sources.byId('scoutsuite'),
      { store, config },
      workContext(),
    );
    await suppressEvents(
      store,
      'default',
      { ids: [1, 2] },
      {
        reason: 'reason of the first',
        owner: 'owner of the first',
        expiresAt: null,
        by: 'somebody',
      },
    );
    const payload = payloadOf('111111111111', '2026-11-20', ({ account }) => {
      account.account_name = 'account of the first';
    });
    const written = writePayload(join(pipeline.config.general.home, kind), payload);
    await loadFile(store, { file: written }, { organizationId: 'default' }, workContext());
    await fillJob(store);
    await persistAndResolve(
      observeCoverage(at(0), [madeUpDetection({ name: DETECTION })], '111111111111'),
      'default',
    );
    const scan = observe({ scanTime: at(0), accountId: '999999999999', events: [{ resourceId: 'theirs' }] });
    await persistAndResolve(scan, OTHER_ORGANISATION);
    api = await createApi({ config, store, temporal: pipeline.temporal });
  });
  afterAll(async () => {
    await api?.close();
    await database?.remove();
  });

  async function persistAndResolve(
    scan: Parameters<typeof persistScan>[1],
    organizationId: string,
  ): Promise<void> {
    const identity = { organizationId, runId: null, profile: null, resultsSha256: '' };
    const { scanId } = await persistScan(store, scan, identity, workContext());
    await resolveEvents(store, scanId, workContext());
  }

  /** All that the first organisation has, in the database and in Temporal, as hashes. */
  async function everything(): Promise<Record<string, string>> {
    const tables = await Promise.all(
      (await tablesOfOrganizations(store)).map(async (table) => {
        // Whoever tries to sign in without being known is told to the installation's own organisation.
        const known = table === 'vedette_audit' ? "AND actor <> 'nobody'" : '';
        const read = await store.read(`SELECT * FROM ${table} WHERE organization_id = 'default' ${known}`);
        const rows = read.map((row) => JSON.stringify(row)).toSorted();
        return [table, rows] as const;
      }),
    );
    const filled = tables.filter(([, rows]) => rows.length > 0).map(([table]) => table);
    expect(filled).toEqual(expect.arrayContaining(FILLED));
    const schedules = await listSchedules(place(), [SCHEDULE]);
    const states = schedules.map(({ definition, paused, recentRuns }) => ({
      definition,
      paused,
      recentRuns,
    }));
    const all = [
      ...tables,
      ['runs', await listRunPage(place(), { limit: 50 })],
      ['schedules', states],
    ] as const;
    return Object.fromEntries(
      all.map(([name, content]) => [
        name,
        createHash('sha256').update(JSON.stringify(content)).digest('hex'),
      ]),
    );
  }

  test('is neither seen nor changed by another one, on any route', async () => {
    const parameters = (path: string) =>
      path
        .replace('/runs/{id}', `/runs/${runId}`)
        .replace('/checks/{id}', '/checks/s3-bucket-public')
        .replace('/views/{name}', '/views/view_accounts')
        .replace('{framework}', 'cis-5.0')
        .replace('{technique}', 'T1485')
        .replace('{id}', '1')
        .replace('{job_id}', runId)
        .replace('{organization}', 'default')
        .replace('{provider}', 'google')
        .replace('{name}', SCHEDULE);
    const operations = documentedOperations(api.app).toSorted(
      (a, b) => Number(a.changes) - Number(b.changes),
    );
    expect(operations.map(({ path }) => parameters(path)).filter((path) => path.includes('{'))).toEqual([]);
    // What the first organisation has shows to itself, so that the search below would find it.
    const own = await Promise.all(
      operations.filter(({ changes }) => !changes).map(({ path }) => api.get(parameters(path), 'admin')),
    );
    const theirs = [
      '111111111111',
      'of the first',
      'account of the first',
      'profile-of-the-first',
      SCHEDULE,
      runId,
      'acme-public-policy',
      BUCKET,
      DETECTION,
    ];
    const shown = own.map(({ text }) => text).join();
    expect(theirs.filter((word) => !shown.includes(word))).toEqual([]);
    const before = await everything();

    const leaks: string[] = [];
    let guessed = 0;
    for (const { id, method, path, query, body } of operations) {
      const asked = parameters(path);
      const guesses = Object.entries(guessesOf()).filter(([name]) => query.includes(name));
      guessed += guesses.length;
      for (const address of [asked, ...guesses.map(([name, value]) => `${asked}?${name}=${value}`)]) {
        const { status, text } = await api.ask('other', method, address, body);
        const said = [runId, SCHEDULE, BUCKET, '111111111111']
          .filter((word) => address.includes(word))
          .reduce((rest, word) => rest.replaceAll(word, ''), text);
        if (theirs.some((word) => said.includes(word)) || status >= 500)
          leaks.push(`${id} ${address}: ${status} ${text.slice(0, 300)}`);
      }
    }
    expect(guessed).toBeGreaterThan(20);

    expect(leaks).toEqual([]);
    expect(await everything()).toEqual(before);
    expect(operations.length).toBeGreaterThan(30);
  });

  test('no workflow is reached by an id that another one guesses', async () => {
    const scan = {
      organizationId: 'default',
      source: 'scoutsuite',
      target: { kind: 'aws-profile', name: 'profile-of-the-first' },
    } as const;
    const before = await everything();
    const ids = [runId, scanSummaryId(runId), accountScanId(scan), `run-${SCHEDULE}`];
    for (const id of ids.map(encodeURIComponent)) {
      for (const [method, path] of [
        ['GET', `/runs/${id}`],
        ['GET', `/runs/${id}/events`],
        ['POST', `/runs/${id}/cancel`],
        ['POST', `/runs/${id}/retry`],
        ['GET', `/s3/jobs/${id}`],
        ['GET', `/s3/jobs/${id}/objects`],
        ['POST', `/s3/jobs/${id}/cancel`],
        ['POST', `/s3/jobs/${id}/retry`],
      ] as const) {
        const { status } = await api.ask('other', method, path);
        expect([method, path, status]).toEqual([method, path, 404]);
      }
    }
    for (const name of [SCHEDULE, `schedule/${SCHEDULE}`, `../${SCHEDULE}`].map(encodeURIComponent)) {
      for (const [method, path] of [
        ['GET', ''],
        ['DELETE', ''],
        ['POST', '/pause'],
        ['POST', '/resume'],
        ['POST', '/trigger'],
      ] as const) {
        const { status } = await api.ask('other', method, `/schedules/${name}${path}`);
        expect([method, name, status]).toEqual([method, name, status === 400 ? 400 : 404]);
      }
    }
    expect(await everything()).toEqual(before);
  });

  test('a run under way is neither seen nor cancelled by another one', async () => {
    const underWay = await pipeline.start(['slow']);
    try {
      await until(async () => (await api.get(`/runs/${underWay}`)).json.live?.[0]?.stage === 'scan');
      for (const [method, path] of [
        ['GET', ''],
        ['GET', '/events'],
        ['POST', '/cancel'],
        ['POST', '/retry'],
      ] as const) {
        const { status } = await api.ask('other', method, `/runs/${underWay}${path}`);
        expect(status).toBe(404);
      }
      const { searchAttributes, raw } = await pipeline.env.client.workflow.getHandle(underWay).describe();
      expect(searchAttributes['VedetteOrganisation']).toEqual(['default']);
      expect(raw.workflowExtendedInfo?.cancelRequested ?? false).toBe(false);
      expect((await api.get(`/runs/${underWay}`)).json.status).toBe('running');
    } finally {
      await cancelRun(place(), underWay);
      await awaitRun(pipeline.temporal, underWay);
    }
  });

  test('another organisation sees and stops its own runs', async () => {
    const theirs = await pipeline.start([], {
      organizationId: OTHER_ORGANISATION,
      selection: { accounts: [{ kind: 'aws-role', name: 'their-account', accountId: null }] },
    });
    const path = `/runs/${encodeURIComponent(theirs)}`;
    await until(async () => (await api.get(path, 'other')).json.live?.[0]?.stage === 'scan');
    expect((await api.get(path)).status).toBe(404);
    expect((await api.post(`${path}/cancel`)).status).toBe(404);
    expect((await api.post(`${path}/cancel`, undefined, 'other')).status).toBe(202);
    expect((await awaitRun(pipeline.temporal, theirs)).status).toBe('interrupted');
    await until(async () => (await api.get('/runs', 'other')).json.runs.length > 0);
    expect((await api.get('/runs', 'other')).json.runs[0]).toMatchObject({ runId: theirs });
  });

  test('another organisation sees its own', async () => {
    const { json } = await api.get('/events', 'other');
    expect(json.events.map(({ resourceId }: { resourceId: string }) => resourceId)).toEqual(['theirs']);
    expect((await api.get('/accounts', 'other')).json.accounts).toMatchObject([
      { accountId: '999999999999' },
    ]);
    expect((await api.get('/schedules', 'other')).json).toEqual({ schedules: [] });
  });

  test('another organisation scans its own accounts, and no profile of the installation', async () => {
    const all = await api.post('/runs', { accounts: 'all' }, 'other');
    expect(all.json).toMatchObject({ status: 409, failure: 'nothing-to-scan' });
    const named = await api.post('/runs', { accounts: ['profile-of-the-first'] }, 'other');
    expect(named.json).toMatchObject({ status: 409, failure: 'nothing-to-scan' });
    // Nor when somebody gets such a run past the API.
    const smuggled = await pipeline.start(['profile-of-the-first'], { organizationId: OTHER_ORGANISATION });
    const { accounts } = await awaitRun(pipeline.temporal, smuggled);
    expect(accounts[0]?.error).toMatchObject({ type: 'account-unknown' });
  });
});

test('of an organisation that is deleted, Temporal and the artifacts keep nothing', async () => {
  const theirs = { ...place(), organizationId: OTHER_ORGANISATION };
  const config = configOf(pipeline.config, OTHER_ORGANISATION);
  await putSchedule(
    theirs,
    definitionOfEntry('theirs', { every: '6h', accounts: ['their-account'] }, config),
  );
  const underWay = await pipeline.start([], {
    organizationId: OTHER_ORGANISATION,
    selection: { accounts: [{ kind: 'aws-role', name: 'their-account', accountId: null }] },
  });
  const folder = join(pipeline.home, 'artifacts');
  const begin = encodeName(organizationScoped(OTHER_ORGANISATION, ''));
  await until(async () => readdirSync(folder).some((name) => name.startsWith(begin)));
  const counted = await pipeline.env.client.workflow.count();
  const api = await createApi({ ...pipeline, temporal: pipeline.temporal });
  const userId = await makeMember(pipeline.store, 'theirs@example.com', 'OWNER', {
    organizationId: OTHER_ORGANISATION,
  });
  const person = { userId, email: 'theirs@example.com' };
  const browser = async (method: 'password' | 'token') => {
    const { secret } = await transaction(pipeline.store, (session) =>
      openPersonSession(session, OTHER_ORGANISATION, { ...person, method }),
    );
    return cookieBrowser(api, secret);
  };
  const owner = await browser('password');
  const remove = (name: string, as = owner) => as.ask('POST', '/organization/delete', { name });

  try {
    expect(
      (await api.ask('other', 'POST', '/organization/delete', { name: OTHER_ORGANISATION })).status,
    ).toBe(403);
    expect((await remove(OTHER_ORGANISATION, await browser('token'))).status).toBe(403);
    expect((await remove('default')).status).toBe(400);
    expect((await owner.ask('GET', '/session')).status).toBe(200);
    expect((await remove(OTHER_ORGANISATION)).status).toBe(204);
    expect((await owner.ask('GET', '/session')).status).toBe(401);
    expect((await api.get('/runs', 'other')).status).toBe(401);
    const ended = await awaitEnd(pipeline.temporal, OTHER_ORGANISATION);
    expect(ended.schedules).toBe(1);
    expect(ended.workflows).toBeGreaterThan(1);
  } finally {
    await api.close();
  }
  for (const table of await tablesOfOrganizations(pipeline.store)) {
    const condition = `SELECT * FROM ${table} WHERE organization_id = ?`;
    expect([table, await pipeline.store.read(condition, [OTHER_ORGANISATION])]).toEqual([table, []]);
  }
  const { entries } = await listAudit(pipeline.store, 'default', { limit: 100 });
  const [deletion] = entries.filter(({ action }) => action === 'organizations.delete');
  expect(deletion).toMatchObject({ userId, target: `organizations/${OTHER_ORGANISATION}` });
  expect(await listSchedules(theirs)).toEqual([]);
  // The server forgets in its own time.
  await until(() =>
    describeRun(theirs, underWay).then(
      () => false,
      ({ type }) => type === 'not-found',
    ),
  );
  expect(readdirSync(folder).filter((name) => name.startsWith(begin))).toEqual([]);
  // Nothing of the first one is gone.
  expect((await listSchedules(place())).map(({ definition }) => definition.name)).toEqual([SCHEDULE]);
  expect((await describeRun(place(), runId)).status).toBe('completed');
  expect((await pipeline.env.client.workflow.count()).count).toBeLessThan(counted.count);
}, 60_000);
