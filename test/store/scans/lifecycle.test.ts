import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Level } from '../../../src/model/level.ts';
import type { ScanOutcome } from '../../../src/model/scan.ts';
import type { Store } from '../../../src/store/database/store.ts';
import { getEvent, listEvents } from '../../../src/store/events/events.ts';
import { eventHistory } from '../../../src/store/events/history.ts';
import { pendingNotifications } from '../../../src/store/events/notifications.ts';
import { persistScan } from '../../../src/store/scans/persist.ts';
import { resolveEvents } from '../../../src/store/scans/resolve.ts';
import { getScan } from '../../../src/store/scans/scan-details.ts';
import { lastScanPerAccount, listScans, loadScanOutcome } from '../../../src/store/scans/scans.ts';
import { ACCOUNT, at, observe } from '../../support/observations.ts';
import type { MadeUpScan } from '../../support/observations.ts';
import { INPUT } from '../../support/scan-input.ts';
import { createDatabase, DATABASES, workContext } from '../../support/stores.ts';
import type { TestDatabase } from '../../support/stores.ts';

const ALL = { organizationId: 'default' };

describe.each(DATABASES)('the lifecycle of events on %s', (kind) => {
  let database: TestDatabase;
  let store: Store;
  beforeEach(async () => {
    database = createDatabase(kind);
    store = await database.open();
  });
  afterEach(() => database.remove());

  async function record(scan: MadeUpScan, runId: string | null = null): Promise<ScanOutcome> {
    const persisted = await persistScan(store, observe(scan), { ...INPUT, runId }, workContext());
    return persisted.status === 'duplicate'
      ? persisted
      : resolveEvents(store, persisted.scanId, workContext());
  }

  async function eventsById() {
    const { events } = await listEvents(store, ALL, { limit: 100 });
    const detailed = await Promise.all(events.map(({ id }) => getEvent(store, 'default', id)));
    return new Map(detailed.map((event) => [event.resourceId, event]));
  }

  async function reasons(scanId: number | null) {
    const { scans } = await listScans(store, ALL, { limit: 100 });
    return scans.find((scan) => scan.scanId === scanId)?.unverifiedReasons;
  }

  test('a first scan brings new events and all of its findings', async () => {
    const outcome = await record({
      scanTime: at(0),
      events: [{ resourceId: 'sg-1' }, { resourceId: 'sg-2' }],
      checks: ['ec2/ec2-never-flagged'],
      warnings: ['one item was skipped'],
    });
    expect(outcome).toEqual({
      scanId: expect.any(Number),
      organizationId: 'default',
      accountId: ACCOUNT,
      source: 'scoutsuite',
      scanTime: at(0),
      version: '5.14.0',
      status: 'recorded',
      findings: { total: 2, flagged: 1 },
      events: { total: 2, new: 2, still: 0, resolved: 0, reopened: 0, unverified: 0 },
      notified: 0,
      warnings: ['one item was skipped'],
      durationMs: expect.any(Number),
    });
    expect((await eventsById()).get('sg-1')).toEqual({
      id: expect.any(Number),
      organizationId: 'default',
      accountId: ACCOUNT,
      source: 'scoutsuite',
      service: 'ec2',
      checkId: 'ec2-open-port',
      level: 'high',
      status: 'active',
      resourceId: 'sg-1',
      resourceName: 'name of sg-1',
      resourceType: 'security_group',
      region: 'eu-west-1',
      firstSeen: at(0),
      lastSeen: at(0),
      resolvedAt: null,
      reopenedAt: null,
      notified: false,
      itemPath: 'ec2.things.sg-1',
      timesReopened: 0,
      eventHash: expect.stringMatching(/^[0-9a-f]{64}$/),
      details: { resolvedBy: 'tree' },
      finding: {
        title: 'A port is open',
        rationale: 'Anybody can connect.',
        remediation: null,
        references: ['https://example.com/why'],
      },
      suppression: null,
    });
  });

  test('an event stays, is resolved, and comes back', async () => {
    const both = [{ resourceId: 'sg-1' }, { resourceId: 'sg-2' }];
    await record({ scanTime: at(0), events: both });
    await store.session((session) => session.execute('UPDATE scout_events SET notified = 1'));

    const second = await record({
      scanTime: at(1),
      events: [{ resourceId: 'sg-1', resourceName: 'renamed' }],
    });
    expect(second.events).toEqual({ total: 1, new: 0, still: 1, resolved: 1, reopened: 0, unverified: 0 });
    let events = await eventsById();
    expect(events.get('sg-1')).toMatchObject({
      status: 'active',
      firstSeen: at(0),
      lastSeen: at(1),
      resourceName: 'renamed',
      notified: true,
    });
    expect(events.get('sg-2')).toMatchObject({ status: 'resolved', lastSeen: at(0), resolvedAt: at(1) });

    const third = await record({ scanTime: at(2), events: both });
    expect(third.events).toEqual({ total: 2, new: 0, still: 1, resolved: 0, reopened: 1, unverified: 0 });
    events = await eventsById();
    expect(events.get('sg-1')).toMatchObject({ notified: true, reopenedAt: null, timesReopened: 0 });
    expect(events.get('sg-2')).toMatchObject({
      status: 'active',
      firstSeen: at(0),
      lastSeen: at(2),
      resolvedAt: null,
      reopenedAt: at(2),
      timesReopened: 1,
      notified: false,
    });
  });

  test('what the scan did not look at is unverified', async () => {
    await record({
      scanTime: at(0),
      events: [
        { resourceId: 'a', service: 's3', checkId: 's3-public', region: null },
        { resourceId: 'b', service: 'ec2', checkId: 'ec2-open-port', region: 'us-east-1' },
        { resourceId: 'c', service: 'ec2', checkId: 'ec2-crashes', region: 'eu-west-1' },
        { resourceId: 'd', service: 'sns', checkId: 'sns-open', region: 'eu-west-1' },
        { resourceId: 'e', service: 'ec2', checkId: 'ec2-open-port', region: 'eu-west-1' },
        { resourceId: 'f', service: 'ec2', checkId: 'ec2-not-in-ruleset', region: 'eu-west-1' },
      ],
    });
    const outcome = await record({
      scanTime: at(1),
      events: [],
      services: [
        { service: 'ec2', regions: ['eu-west-1'] },
        { service: 'sns', fetchErrors: 1 },
      ],
      unseen: [{ service: 'ec2', checkId: 'ec2-crashes', reason: 'check not evaluated' }],
      checks: ['ec2/ec2-open-port', 'ec2/ec2-crashes', 'sns/sns-open'],
    });
    expect(outcome.status).toBe('partial');
    expect(outcome.events).toEqual({ total: 0, new: 0, still: 0, resolved: 1, reopened: 0, unverified: 5 });
    expect(await reasons(outcome.scanId)).toEqual({
      'service not scanned': 1,
      'region not scanned': 1,
      'check not evaluated': 2,
      'fetch error': 1,
    });
    const events = await eventsById();
    expect(
      [...events.values()].filter(({ status }) => status === 'resolved').map((event) => event.resourceId),
    ).toEqual(['e']);
  });

  test('a service that shows no resource at all is believed the second time', async () => {
    const empty = { events: [], services: [{ service: 'ec2', resources: 0 }], checks: ['ec2/ec2-open-port'] };
    await record({ scanTime: at(0), events: [{ resourceId: 'sg-1' }] });
    const first = await record({ scanTime: at(1), ...empty });
    expect(first.events).toMatchObject({ resolved: 0, unverified: 1 });
    expect(await reasons(first.scanId)).toEqual({ 'no resources reported': 1 });
    // A scan that did not look there says nothing, neither for nor against.
    const elsewhere = await record({
      scanTime: at(2),
      events: [],
      services: [{ service: 's3', regions: null }],
    });
    expect(elsewhere.events).toMatchObject({ resolved: 0, unverified: 1 });
    const second = await record({ scanTime: at(3), ...empty });
    expect(second.events).toMatchObject({ resolved: 1, unverified: 0 });
  });

  test('an event seen again between two empty answers is not resolved by the second', async () => {
    const empty = { events: [], services: [{ service: 'ec2', resources: 0 }], checks: ['ec2/ec2-open-port'] };
    await record({ scanTime: at(0), events: [{ resourceId: 'sg-1' }] });
    await record({ scanTime: at(1), ...empty });
    await record({ scanTime: at(2), events: [{ resourceId: 'sg-1' }] });
    const outcome = await record({ scanTime: at(3), ...empty });
    expect(outcome.events).toMatchObject({ resolved: 0, unverified: 1 });
  });

  test('an event of a service with fetch errors is unconfirmed until a scan without them sees it', async () => {
    const events = [{ resourceId: 'sg-1', details: { vpcId: 'vpc-1' } }];
    const failing = [{ service: 'ec2', fetchErrors: 2 }];
    await record({ scanTime: at(0), events, services: failing });
    expect((await eventsById()).get('sg-1')?.details).toEqual({ vpcId: 'vpc-1', unconfirmed: true });
    await record({ scanTime: at(1), events, services: failing });
    expect((await eventsById()).get('sg-1')?.details).toEqual({ vpcId: 'vpc-1', unconfirmed: true });
    await record({ scanTime: at(2), events });
    expect((await eventsById()).get('sg-1')?.details).toEqual({ vpcId: 'vpc-1' });
    await record({ scanTime: at(3), events, services: failing });
    expect((await eventsById()).get('sg-1')?.details).toEqual({ vpcId: 'vpc-1' });

    await record({ scanTime: at(4), events: [], services: [{}], checks: ['ec2/ec2-open-port'] });
    const reopened = await record({ scanTime: at(5), events, services: failing });
    expect(reopened.events.reopened).toBe(1);
    expect((await eventsById()).get('sg-1')?.details).toEqual({ vpcId: 'vpc-1', unconfirmed: true });
  });

  const inBucket = ['a/1', 'a/2', 'b/1'].map((resourceId) => ({
    resourceId,
    service: 's3',
    checkId: 's3-secret',
    resourceType: 'object',
  }));
  const looked = { events: [], services: [{ service: 's3' }], checks: ['s3/s3-secret', 's3/s3-open'] };

  async function resolved() {
    const events = [...(await eventsById()).values()];
    return events
      .filter(({ status }) => status === 'resolved')
      .map(({ resourceId }) => resourceId)
      .toSorted();
  }

  test('a scan of a prefix resolves only what lies below it', async () => {
    await record({ scanTime: at(0), events: inBucket });
    const outcome = await record({ ...looked, scanTime: at(1), only: [{ resourcePrefix: 'a/' }] });
    expect(outcome).toMatchObject({ status: 'recorded', events: { resolved: 2, unverified: 1 } });
    expect(await resolved()).toEqual(['a/1', 'a/2']);
    expect(await reasons(outcome.scanId)).toEqual({ 'resource not scanned': 1 });
  });

  test('an error hides the places that are told, and no others', async () => {
    await record({
      scanTime: at(0),
      events: [
        ...inBucket,
        { resourceId: 'c', service: 's3', checkId: 's3-open', resourceType: 'bucket', region: 'us-east-1' },
        { resourceId: 'd', service: 's3', checkId: 's3-open', resourceType: 'bucket', region: 'eu-west-1' },
        { resourceId: 'e', service: 's3', checkId: 's3-open', resourceType: 'point', region: 'eu-west-1' },
        { resourceId: 'f', service: 's3', checkId: 's3-open', resourceType: 'bucket', region: null },
      ],
    });
    const unseen = [
      { service: 's3', checkId: 's3-secret', resourceId: 'a/2', reason: 'fetch error' },
      { service: 's3', checkId: 's3-secret', resourcePrefix: 'b/', reason: 'check not evaluated' },
      { service: 's3', region: 'eu-west-1', resourceType: 'bucket', reason: 'fetch error' },
    ] as const;
    const outcome = await record({ ...looked, scanTime: at(1), unseen });
    expect(outcome).toMatchObject({ status: 'partial', events: { resolved: 3, unverified: 4 } });
    expect(await resolved()).toEqual(['a/1', 'c', 'e']);
    expect(await reasons(outcome.scanId)).toEqual({ 'fetch error': 3, 'check not evaluated': 1 });

    const another = await record({ ...looked, scanTime: at(2) });
    expect(another).toMatchObject({ status: 'recorded', events: { resolved: 4, unverified: 0 } });
  });

  test('events that are judged one by one are resolved in chunks like others', async () => {
    const many = Array.from({ length: 1203 }, (_, index) => ({ ...inBucket[0], resourceId: `a/${index}` }));
    await record({ scanTime: at(0), events: many });
    const scan = { ...looked, unseen: [{ resourceId: 'a/700', reason: 'fetch error' }] as const };
    const { scanId } = await persistScan(store, observe({ ...scan, scanTime: at(1) }), INPUT, workContext());
    const outcome = await resolveEvents(store, scanId, workContext(), 100);
    expect(outcome.events).toMatchObject({ resolved: 1202, unverified: 1 });
    expect(await eventsById().then((events) => events.get('a/700')?.status ?? 'active')).toBe('active');
  });

  test('only events that an error can concern are unconfirmed', async () => {
    const unseen = [{ service: 's3', resourcePrefix: 'a/', reason: 'fetch error' }] as const;
    await record({ scanTime: at(0), events: inBucket, unseen });
    const events = await eventsById();
    expect(
      [...events.values()]
        .filter(({ details }) => details['unconfirmed'])
        .map((event) => event.resourceId)
        .toSorted(),
    ).toEqual(['a/1', 'a/2']);
  });

  test('a scan that was stored before places were told is understood', async () => {
    const empty = { events: [], services: [{ service: 's3', resources: 0 }], checks: looked.checks };
    await record({ scanTime: at(0), events: inBucket });
    const before = await record({ ...empty, scanTime: at(1) });
    const older = {
      services: [{ service: 's3', regions: null, resources: 0, fetchErrors: 1 }],
      requested: { services: [], skippedServices: [], regions: [], excludedRegions: [] },
      unevaluatedChecks: [{ service: 's3', checkId: 's3-crashed' }],
    };
    await store.session((session) =>
      session.execute('UPDATE scout_scans SET scope = ? WHERE id = ?', [
        JSON.stringify(older),
        before.scanId,
      ]),
    );
    // What looked empty in a scan with errors proves nothing.
    expect((await record({ ...empty, scanTime: at(2) })).events).toMatchObject({
      resolved: 0,
      unverified: 3,
    });
    expect((await getScan(store, 'default', before.scanId ?? 0)).scope).toEqual({
      ...older,
      unseen: [
        { service: 's3', checkId: 's3-crashed', reason: 'check not evaluated' },
        { service: 's3', reason: 'fetch error' },
      ],
    });
  });

  test('an older scan is superseded: it only moves first_seen back', async () => {
    await record({ scanTime: at(5), events: [{ resourceId: 'sg-1' }, { resourceId: 'sg-2' }] });
    await record({ scanTime: at(6), events: [{ resourceId: 'sg-1' }] });
    const before = await eventsById();
    const outcome = await record({
      scanTime: at(1),
      events: [{ resourceId: 'sg-2' }, { resourceId: 'sg-old' }],
    });
    expect(outcome).toMatchObject({
      status: 'superseded',
      findings: { total: 1, flagged: 1 },
      events: { total: 2, new: 0, still: 0, resolved: 0, reopened: 0, unverified: 0 },
      warnings: [expect.stringContaining('1 event that only this older one knows')],
    });
    const after = await eventsById();
    expect([...after.keys()].toSorted()).toEqual(['sg-1', 'sg-2']);
    expect(after.get('sg-1')).toEqual(before.get('sg-1'));
    expect(after.get('sg-2')).toEqual({ ...before.get('sg-2'), firstSeen: at(1) });
    const links = await store.read('SELECT id FROM scout_event_findings WHERE scan_id = ?', [outcome.scanId]);
    expect(links).toHaveLength(1);
  });

  test('a scan that a newer one overtook before it was resolved resolves nothing', async () => {
    await record({ scanTime: at(0), events: [{ resourceId: 'sg-1' }] });
    const overtaken = { scanTime: at(1), events: [], services: [{}], checks: ['ec2/ec2-open-port'] };
    const persisted = await persistScan(store, observe(overtaken), INPUT, workContext());
    await record({ scanTime: at(2), events: [{ resourceId: 'sg-1' }] });
    const outcome = await resolveEvents(store, persisted.scanId, workContext());
    expect(outcome.events).toMatchObject({ resolved: 0, unverified: 0 });
    expect((await eventsById()).get('sg-1')).toMatchObject({ status: 'active', lastSeen: at(2) });
  });

  test('the same scan again is a duplicate, and changes nothing', async () => {
    const scan = { scanTime: at(0), events: [{ resourceId: 'sg-1' }] };
    const first = await record(scan, 'run-1');
    const before = await eventsById();
    expect(await record(scan, 'run-2')).toMatchObject({
      scanId: first.scanId,
      status: 'duplicate',
      events: { total: 1, new: 0, still: 0 },
      warnings: [expect.stringContaining(`scan ${first.scanId}`)],
    });
    expect(await record(scan, null)).toMatchObject({ status: 'duplicate' });
    expect(await eventsById()).toEqual(before);
  });

  test('the same run again gives the same figures', async () => {
    const scan = { scanTime: at(0), events: [{ resourceId: 'sg-1' }] };
    const first = await record(scan, 'run-1');
    expect(await record(scan, 'run-1')).toEqual(first);
    expect(await resolveEvents(store, Number(first.scanId), workContext())).toEqual(first);
    expect(await loadScanOutcome(store, 'default', Number(first.scanId))).toEqual(first);
  });

  test('a scan that was persisted but never completed goes on, whoever brings it', async () => {
    const scan = { scanTime: at(0), events: [{ resourceId: 'sg-1' }] };
    const first = await persistScan(store, observe(scan), INPUT, workContext());
    const again = await persistScan(store, observe(scan), { ...INPUT, runId: 'another' }, workContext());
    expect(again).toEqual(first);
    await resolveEvents(store, again.scanId, workContext());
    expect(await record(scan)).toMatchObject({ status: 'duplicate' });
  });

  test('organisations, accounts and sources stay apart in everything', async () => {
    const events = [{ resourceId: 'root', service: 'iam', checkId: 'iam-root', region: null }];
    await record({ scanTime: at(0), events });
    await record({ scanTime: at(1), events, accountId: '222222222222' });
    await record({ scanTime: at(2), events, source: 'checks' });
    const other = { ...INPUT, organizationId: 'other' };
    const persisted = await persistScan(store, observe({ scanTime: at(3), events }), other, workContext());
    await resolveEvents(store, persisted.scanId, workContext());

    const clean = await record({
      scanTime: at(4),
      events: [],
      services: [{ service: 'iam', regions: null }],
      checks: ['iam/iam-root'],
    });
    expect(clean.events).toMatchObject({ resolved: 1 });
    const { events: stored } = await listEvents(store, ALL, { limit: 10 });
    expect(stored.map(({ accountId, source, status }) => [accountId, source, status])).toEqual([
      [ACCOUNT, 'checks', 'active'],
      ['222222222222', 'scoutsuite', 'active'],
      [ACCOUNT, 'scoutsuite', 'resolved'],
    ]);
    const { events: theirs } = await listEvents(store, { organizationId: 'other' }, { limit: 10 });
    expect(theirs.map(({ status }) => status)).toEqual(['active']);
    expect(await lastScanPerAccount(store, ALL)).toMatchObject([
      { accountId: ACCOUNT, source: 'checks', scanTime: at(2) },
      { accountId: ACCOUNT, source: 'scoutsuite', scanTime: at(4), profile: 'production' },
      { accountId: '222222222222', source: 'scoutsuite', scanTime: at(1) },
    ]);
  });

  test('an event that the scan lists twice is one event', async () => {
    const outcome = await record({
      scanTime: at(0),
      events: [{ resourceId: 'sg-1' }, { resourceId: 'sg-1' }],
    });
    expect(outcome.events).toMatchObject({ total: 1, new: 1 });
  });

  test('aborted, nothing is stored', async () => {
    const controller = new AbortController();
    async function* abortedHalfWay() {
      for await (const observation of observe({ scanTime: at(0), events: [{ resourceId: 'sg-1' }] })) {
        yield observation;
        if (observation.kind === 'finding') controller.abort(new Error('cancelled by the test'));
      }
    }
    await expect(persistScan(store, abortedHalfWay(), INPUT, workContext(controller.signal))).rejects.toThrow(
      'cancelled by the test',
    );
    expect((await listScans(store, ALL, { limit: 1 })).scans).toEqual([]);
    expect((await record({ scanTime: at(0), events: [{ resourceId: 'sg-1' }] })).events.new).toBe(1);
  });

  test('observations that do not begin with the scan are refused', async () => {
    async function* headless() {
      for await (const observation of observe({ scanTime: at(0), events: [{ resourceId: 'sg-1' }] })) {
        if (observation.kind !== 'scan') yield observation;
      }
    }
    await expect(persistScan(store, headless(), INPUT, workContext())).rejects.toMatchObject({
      type: 'results-invalid',
    });
  });

  test('a scan that is not there is not found', async () => {
    await expect(loadScanOutcome(store, 'default', 4711)).rejects.toMatchObject({ type: 'not-found' });
    await expect(resolveEvents(store, 4711, workContext())).rejects.toMatchObject({ type: 'not-found' });
    await expect(getEvent(store, 'default', 4711)).rejects.toMatchObject({ type: 'not-found' });
  });

  test('events of a check that a newer scanner has no more end without being fixed', async () => {
    const other = { checks: ['ec2/other'], services: [{}], version: '5.15.0', events: [] };
    await record({ scanTime: at(0), events: [{ resourceId: 'sg-1' }] });
    expect((await record({ ...other, scanTime: at(1) })).events).toMatchObject({
      resolved: 0,
      unverified: 1,
    });
    const outcome = await record({ ...other, scanTime: at(2) });
    expect(outcome.events).toMatchObject({ resolved: 0, unverified: 0 });
    expect(outcome.warnings).toEqual([expect.stringContaining('1 event has ended without being fixed')]);
    const event = (await eventsById()).get('sg-1');
    expect(event).toMatchObject({ status: 'resolved', resolvedAt: at(2) });
    const [ended] = await eventHistory(store, 'default', event?.id ?? 0);
    expect(ended).toMatchObject({ kind: 'resolved', reason: 'check no longer exists' });
    // The same ruleset again: it is back.
    await record({ scanTime: at(3), version: '5.15.0', events: [{ resourceId: 'sg-1' }] });
    expect((await eventsById()).get('sg-1')).toMatchObject({ status: 'active', timesReopened: 1 });
  });

  test('an event whose level rises is to be told of again, one whose level falls is not', async () => {
    const key = { organizationId: 'default', accountId: ACCOUNT, source: 'scoutsuite' };
    const pending = async () => {
      const levels: Level[] = ['critical', 'high', 'medium'];
      const found = await pendingNotifications(store, { ...key, levels, perLevel: 10 });
      return found.levels.flatMap(({ events }) =>
        events.map(({ level, raisedFrom }) => ({ level, raisedFrom })),
      );
    };
    await record({ scanTime: at(0), events: [{ level: 'medium' }] });
    await store.session(({ execute }) => execute('UPDATE scout_events SET notified = 1'));
    await record({ scanTime: at(1), events: [{ level: 'high' }] });
    expect(await pending()).toEqual([{ level: 'high', raisedFrom: 'medium' }]);
    await store.session(({ execute }) => execute('UPDATE scout_events SET notified = 1'));
    await record({ scanTime: at(2), events: [{ level: 'low' }] });
    expect(await pending()).toEqual([]);
    expect((await eventsById()).get('sg-1')).toMatchObject({ level: 'low', notified: true });
  });

  test('two profiles of one account in a run have figures of their own, though they see the same', async () => {
    const scan = { scanTime: at(0), events: [{ resourceId: 'sg-1' }] };
    const of = async (profile: string) => {
      const { scanId } = await persistScan(
        store,
        observe(scan),
        { ...INPUT, runId: 'run', profile },
        workContext(),
      );
      return resolveEvents(store, scanId, workContext());
    };
    const [one, other] = [await of('one'), await of('other')];
    expect([one.events, other.events]).toMatchObject([{ new: 1 }, { new: 0, total: 1 }]);
    expect(other.scanId).not.toBe(one.scanId);
    expect([await of('one'), await of('other')]).toEqual([one, other]);
  });
});
