import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { ComplianceBasis } from '../../src/compliance/basis.ts';
import type { Framework } from '../../src/compliance/framework.ts';
import { recordCompliance } from '../../src/compliance/record.ts';
import { reportOf } from '../../src/compliance/report.ts';
import { overview, standingOf } from '../../src/compliance/standing.ts';
import { VedetteError } from '../../src/errors.ts';
import type { DescribedCheck } from '../../src/model/check.ts';
import type { Observation } from '../../src/model/observation.ts';
import type { ScanOutcome } from '../../src/model/scan.ts';
import { complianceHtml } from '../../src/report/compliance-html.ts';
import { listScores } from '../../src/store/compliance/scores.ts';
import type { Store } from '../../src/store/database/store.ts';
import { suppressEvents } from '../../src/store/events/suppressions.ts';
import { purgeStore } from '../../src/store/purge.ts';
import { persistScan } from '../../src/store/scans/persist.ts';
import { resolveEvents } from '../../src/store/scans/resolve.ts';
import { withdrawScan } from '../../src/store/scans/withdraw.ts';
import { ACCOUNT, at, madeUpEvent, madeUpFinding, observe } from '../support/observations.ts';
import { INPUT } from '../support/scan-input.ts';
import { createDatabase, DATABASES, workContext } from '../support/stores.ts';
import type { TestDatabase } from '../support/stores.ts';

const OTHER_ACCOUNT = '222222222222';
const framework: Framework = {
  id: 'test-1.0',
  name: 'Test <framework>',
  version: '1.0',
  publisher: 'Nobody',
  sections: {
    One: [
      ['1', 'Encrypted'],
      ['2', 'Closed'],
      ['3', 'Logged'],
      ['4', 'By hand'],
    ],
  },
  published: { encrypted: '1', closed: '2' },
  own: { logged: '3' },
};
const checks = new Map(
  ['encrypted', 'closed', 'logged'].map((id) => [id, { id, title: `All is ${id}` } as DescribedCheck]),
);
const basis: ComplianceBasis = { source: 'checks', frameworks: [framework], checks };

/** What each check says: resources that pass, ids of those that fail, and how many are not known. */
type Said = Record<string, { pass?: number; fail?: readonly string[]; unknown?: number }>;

async function* observations(
  said: Said,
  { scanTime, accountId = ACCOUNT, regions }: { scanTime: string; accountId?: string; regions?: string[] },
): AsyncGenerator<Observation> {
  const services = [{ service: 'ec2', ...(regions && { regions }) }];
  const only = regions?.map((region) => ({ service: 'ec2', region }));
  const unseen = Object.entries(said).flatMap(([checkId, { unknown = 0 }]) =>
    unknown === 0 ? [] : [{ service: 'ec2', checkId, reason: 'fetch error' as const }],
  );
  yield* observe({
    source: 'checks',
    accountId,
    scanTime,
    services,
    unseen,
    ...(only && { only }),
    events: [],
  });
  for (const [checkId, { pass = 0, fail = [], unknown = 0 }] of Object.entries(said)) {
    const counts = { flaggedItems: fail.length, checkedItems: pass + fail.length, unknownItems: unknown };
    yield { kind: 'finding', finding: madeUpFinding({ checkId, ...counts }) };
  }
  for (const [checkId, { fail = [] }] of Object.entries(said)) {
    for (const resourceId of fail)
      yield { kind: 'event', event: madeUpEvent({ checkId, resourceId, region: 'eu-west-1' }) };
  }
}

/** A database of its own for each test, with scans that say what they are told to. */
function onDatabase(kind: (typeof DATABASES)[number]) {
  let database: TestDatabase;
  let store: Store;
  beforeEach(async () => {
    database = createDatabase(kind);
    store = await database.open();
  });
  afterEach(() => database.remove());

  async function scan(
    said: Said,
    place: Parameters<typeof observations>[1] & { organizationId?: string },
  ): Promise<ScanOutcome & { scanId: number }> {
    const { organizationId = 'default' } = place;
    const input = { ...INPUT, organizationId };
    const { scanId } = await persistScan(store, observations(said, place), input, workContext());
    const outcome = await resolveEvents(store, scanId, workContext());
    return { ...(await recordCompliance(store, outcome, async () => basis, workContext())), scanId };
  }
  const standing = (accountIds?: readonly string[], organizationId = 'default') =>
    standingOf(store, framework, basis, { organizationId, accountIds });
  const states = async (...given: Parameters<typeof standing>) =>
    (await standing(...given)).requirements.map(({ state }) => state);
  const percents = async (accountId?: string) =>
    (
      await listScores(store, { organizationId: 'default', framework: 'test-1.0', accountId, since: at(0) })
    ).map(({ pass, fail, unknown }) => [pass, fail, unknown]);
  return { scan, standing, states, percents, store: () => store };
}

describe.each(DATABASES)('compliance on %s', (kind) => {
  const { scan, standing, states, percents, store } = onDatabase(kind);

  test('is what the checks said, in each account and over all, and of no other organisation', async () => {
    expect(await states()).toEqual(['unknown', 'unknown', 'unknown', 'manual']);
    await scan(
      { encrypted: { pass: 3 }, closed: { pass: 1, fail: ['sg-1'] }, logged: {} },
      { scanTime: at(0) },
    );
    await scan(
      { encrypted: { pass: 1, unknown: 1 }, closed: { pass: 2 }, logged: {} },
      { scanTime: at(1), accountId: OTHER_ACCOUNT },
    );
    await scan(
      { encrypted: { fail: ['vol-1'] } },
      { scanTime: at(2), accountId: '333333333333', organizationId: 'other' },
    );
    expect(await states([ACCOUNT])).toEqual(['pass', 'fail', 'not-applicable', 'manual']);
    expect(await states([OTHER_ACCOUNT])).toEqual(['unknown', 'pass', 'not-applicable', 'manual']);
    const { accounts, requirements, score } = await standing();
    expect(requirements.map(({ state, states: by }) => [state, by])).toEqual([
      ['unknown', { [ACCOUNT]: 'pass', [OTHER_ACCOUNT]: 'unknown' }],
      ['fail', { [ACCOUNT]: 'fail', [OTHER_ACCOUNT]: 'pass' }],
      ['not-applicable', { [ACCOUNT]: 'not-applicable', [OTHER_ACCOUNT]: 'not-applicable' }],
      ['manual', { [ACCOUNT]: 'manual', [OTHER_ACCOUNT]: 'manual' }],
    ]);
    expect(requirements[1]?.checks).toEqual([
      { checkId: 'closed', mapping: 'published', pass: 3, fail: 1, unknown: 0, suppressed: 0, asked: true },
    ]);
    expect(requirements.map(({ mapping }) => mapping)).toEqual(['published', 'published', 'own', null]);
    expect(accounts.map(({ accountId, score: own }) => [accountId, own.percent])).toEqual([
      [ACCOUNT, 50],
      [OTHER_ACCOUNT, 50],
    ]);
    expect(score).toMatchObject({
      percent: 0,
      pass: 0,
      fail: 1,
      unknown: 1,
      notApplicable: 1,
      manual: 1,
      total: 4,
    });
    const [summary] = await overview(store(), basis, { organizationId: 'default' });
    expect(summary).toMatchObject({ framework: 'test-1.0', score, accounts });
    expect(await states(undefined, 'other')).toEqual(['fail', 'unknown', 'unknown', 'manual']);
  });

  test('keeps with each scan how it stood, of the account and of all', async () => {
    await scan({ encrypted: { pass: 3 }, closed: { fail: ['sg-1'] } }, { scanTime: at(0) });
    await scan({ encrypted: { unknown: 1 } }, { scanTime: at(1), accountId: OTHER_ACCOUNT });
    const last = await scan({ encrypted: { pass: 3 }, closed: { pass: 1 } }, { scanTime: at(2) });
    // Again, as after a worker was lost.
    await recordCompliance(store(), last, async () => basis, workContext());
    expect(await percents(ACCOUNT)).toEqual([
      [1, 1, 1],
      [2, 0, 1],
    ]);
    expect(await percents()).toEqual([
      [1, 1, 1],
      [0, 1, 2],
      [1, 0, 2],
    ]);
    const kept = await store().read(
      'SELECT requirement, state FROM compliance_requirements WHERE scan_id = ? ORDER BY id',
      [last.scanId],
    );
    expect(kept.map((row) => ({ ...(row as object) }))).toEqual([
      { requirement: '1', state: 'pass' },
      { requirement: '2', state: 'pass' },
      { requirement: '3', state: 'unknown' },
    ]);
  });

  test('tells since when a requirement has failed', async () => {
    const failing = async (accountIds?: readonly string[]) =>
      (await standing(accountIds)).requirements.map(({ failingSince }) => failingSince);
    const fails = { closed: { fail: ['sg-1'] } };
    await scan(fails, { scanTime: at(0) });
    await scan({ closed: { pass: 1 } }, { scanTime: at(1) });
    expect(await failing()).toEqual([null, null, null, null]);
    await scan(fails, { scanTime: at(2) });
    await scan({ closed: { unknown: 1 } }, { scanTime: at(3) });
    await scan(fails, { scanTime: at(4) });
    await scan(fails, { scanTime: at(5), accountId: OTHER_ACCOUNT });
    await scan(fails, { scanTime: at(1), accountId: OTHER_ACCOUNT, organizationId: 'other' });
    expect(await failing()).toEqual([null, at(2), null, null]);
    expect(await failing([OTHER_ACCOUNT])).toEqual([null, at(5), null, null]);
  });

  test('tells what has become worse and better since the scan before the last one', async () => {
    const changes = async (accountIds?: readonly string[]) =>
      (await standing(accountIds)).requirements.map(({ change, statesBefore }) => [change, statesBefore]);
    const place = (day: number, accountId = ACCOUNT) => ({ scanTime: at(day), accountId });
    await scan({ encrypted: { fail: ['vol-1'] }, closed: { pass: 1 } }, place(0));
    expect(await changes()).toEqual([
      [null, {}],
      [null, {}],
      [null, {}],
      [null, {}],
    ]);
    // What nobody had asked before has not become worse.
    const closed = { closed: { fail: ['sg-1'] } };
    await scan({ encrypted: { pass: 1 }, ...closed, logged: { fail: ['trail-1'] } }, place(1));
    await scan({ encrypted: { pass: 1 }, ...closed }, { ...place(2), organizationId: 'other' });
    expect(await changes()).toEqual([
      ['better', { [ACCOUNT]: 'fail' }],
      ['worse', { [ACCOUNT]: 'pass' }],
      [null, {}],
      [null, {}],
    ]);
    await scan({ closed: { fail: ['sg-1'] } }, place(2, OTHER_ACCOUNT));
    await scan({ closed: { pass: 1 } }, place(3, OTHER_ACCOUNT));
    expect((await changes([OTHER_ACCOUNT]))[1]).toEqual(['better', { [OTHER_ACCOUNT]: 'fail' }]);
    expect((await changes())[1]).toEqual(['worse', { [ACCOUNT]: 'pass', [OTHER_ACCOUNT]: 'fail' }]);
    const report = await reportOf(store(), await standing(), basis, {
      organizationId: 'default',
      names: new Map(),
      resources: 2,
    });
    expect(complianceHtml(report)).toContain('Against the scan before the last one, 1 worse and 1 better.');
  });

  test('is what the scans before said when one is withdrawn', async () => {
    await scan({ encrypted: { pass: 3 }, closed: { fail: ['sg-1'] } }, { scanTime: at(0) });
    const wrong = await scan({ closed: { pass: 1 }, logged: { pass: 1 } }, { scanTime: at(1) });
    expect(await states()).toEqual(['pass', 'pass', 'pass', 'manual']);
    await withdrawScan(store(), 'default', wrong.scanId, workContext());
    expect(await states()).toEqual(['pass', 'fail', 'unknown', 'manual']);
    expect(await percents(ACCOUNT)).toHaveLength(1);
  });
});

describe('compliance', () => {
  const { scan, standing, store } = onDatabase('sqlite');

  test('counts what is suppressed as accepted, at once', async () => {
    await scan({ closed: { fail: ['sg-1', 'sg-2'] } }, { scanTime: at(0) });
    const suppress = (resource: string) =>
      suppressEvents(
        store(),
        'default',
        { filter: { resource } },
        { reason: 'known', owner: null, expiresAt: null, by: 'a test' },
      );
    await suppress('sg-1');
    expect((await standing()).requirements[1]).toMatchObject({ state: 'fail', accepted: false });
    await suppress('sg-2');
    const { requirements, score } = await standing();
    expect(requirements[1]).toMatchObject({
      state: 'pass',
      accepted: true,
      checks: [{ fail: 0, suppressed: 2 }],
    });
    expect(score).toMatchObject({ pass: 1, accepted: 1 });
  });

  test('forgets nothing that a narrower scan did not ask, and no failure that it did not look for', async () => {
    await scan({ encrypted: { pass: 3 }, closed: { fail: ['sg-1'] } }, { scanTime: at(0) });
    await scan({ closed: { pass: 7 } }, { scanTime: at(1), regions: ['us-east-1'] });
    const [encrypted, closed] = (await standing()).requirements;
    expect(encrypted).toMatchObject({ state: 'pass', checks: [{ pass: 3 }] });
    expect(closed).toMatchObject({ state: 'fail', checks: [{ pass: 7, fail: 1 }] });
  });

  test('keeps scores when old scans are purged, and the states of requirements of the newest', async () => {
    await scan({ closed: { pass: 1 } }, { scanTime: at(0) });
    const last = await scan({ closed: { pass: 1 } }, { scanTime: at(1) });
    const scope = { organizationId: 'default', before: at(60), dryRun: false };
    expect(await purgeStore(store(), scope, workContext())).toMatchObject({
      events: 0,
      links: 0,
      accounts: [],
    });
    const kept = await store().read<{ scan_id: number }>(
      'SELECT DISTINCT scan_id FROM compliance_requirements',
    );
    expect(kept.map(({ scan_id: scanId }) => scanId)).toEqual([last.scanId]);
    const scores = await listScores(store(), {
      organizationId: 'default',
      framework: 'test-1.0',
      since: at(0),
    });
    expect(scores).toHaveLength(2);
  });

  test('never fails a scan for a framework that cannot be read', async () => {
    const outcome = await scan({ closed: { pass: 1 } }, { scanTime: at(0) });
    const broken = (): never => {
      throw new VedetteError('config-invalid', 'acme.yaml is no framework.');
    };
    const { warnings } = await recordCompliance(store(), outcome, broken, workContext());
    expect(warnings).toEqual([
      expect.stringMatching(/^Compliance was not recorded: acme\.yaml is no framework\. Correct/),
    ]);
  });

  test('is a report for people who trust nobody', async () => {
    const hostile = '<img src=x onerror=alert(1)>\u202e';
    await scan({ closed: { pass: 1, fail: [hostile, 'sg-2', 'sg-3'] } }, { scanTime: at(0) });
    const report = await reportOf(store(), await standing(), basis, {
      organizationId: 'default',
      names: new Map([[ACCOUNT, '"><script>']]),
      resources: 2,
    });
    const page = complianceHtml(report);
    expect(page).not.toMatch(/<script|<img|\u202e|https?:\/\/|javascript:| on\w+=/i);
    expect(page).toContain('Test &lt;framework&gt;');
    expect(page).toContain('&quot;&gt;&lt;script&gt; (111111111111)');
    expect(page).toContain('sg-3');
    expect(page).toContain('and 1 more');
    expect(page).toContain('own mapping only');
    expect(page).toContain('href="#check-closed"');
    expect(page).toContain('No check can tell');
  });
});
