import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Place, ScanScope, UnseenPlace } from '../../../src/model/scope.ts';
import type { EventResource } from '../../../src/store/scans/places.ts';
import { judge, lookOf } from '../../../src/store/scans/resolution-rules.ts';
import type { Look, Missing, Verdict } from '../../../src/store/scans/resolution-rules.ts';

type Event = Missing & EventResource;

const MISSING: Event = {
  service: 'ec2',
  checkId: 'open',
  region: 'eu-west-1',
  lastSeen: '1',
  lastVersion: '5.14.0',
  resourceType: 'instance',
  resourceId: 'a/1',
};

function look(
  scope: Partial<ScanScope> = {},
  { scanTime = '5', evaluated = true, version = '5.14.0', checks = ['open'] } = {},
): Look {
  return lookOf({
    scanTime,
    version,
    scope: {
      services: [
        { service: 'ec2', regions: ['eu-west-1', 'us-east-1'], resources: 3, fetchErrors: 0 },
        { service: 'iam', regions: null, resources: 3, fetchErrors: 0 },
      ],
      requested: requested(),
      unseen: [],
      ...scope,
    },
    evaluated: () => evaluated,
    reported: (_service, checkId) => checks.length > 0 && (checkId === undefined || checks.includes(checkId)),
  });
}

function requested(some: Partial<ScanScope['requested']> = {}): ScanScope['requested'] {
  return { services: [], skippedServices: [], regions: [], excludedRegions: [], ...some };
}

function ec2(some: { resources?: number; regions?: readonly string[] | null }) {
  return { services: [{ service: 'ec2', regions: ['eu-west-1'], resources: 3, fetchErrors: 0, ...some }] };
}

function unseen(...places: Place[]): { unseen: UnseenPlace[] } {
  return { unseen: places.map((place) => ({ ...place, reason: 'fetch error' })) };
}

function verdictOn({ resourceType, resourceId, ...missing }: Event, scan: Look, earlier: Look[]): Verdict {
  const judgement = judge(missing, scan, earlier);
  return typeof judgement === 'function' ? judgement({ resourceType, resourceId }) : judgement;
}

describe('an event that a scan did not bring', () => {
  test.each<[string, string, Partial<Event>, Look]>([
    ['is resolved where the scan looked', 'resolved', {}, look()],
    ['of a service out of scope', 'service not scanned', { service: 's3' }, look()],
    ['in a region that is not in the results', 'region not scanned', { region: 'mars-1' }, look()],
    [
      'in a region that was not asked for',
      'region not scanned',
      {},
      look({ requested: requested({ regions: ['us-east-1'] }) }),
    ],
    [
      'in a region that was excluded',
      'region not scanned',
      {},
      look({ requested: requested({ excludedRegions: ['eu-west-1'] }) }),
    ],
    [
      'in a region that was asked for',
      'resolved',
      {},
      look({ requested: requested({ regions: ['eu-west-1'] }) }),
    ],
    [
      'of a global service, whatever regions were asked for',
      'resolved',
      { service: 'iam', region: 'eu-central-1' },
      look({ requested: requested({ regions: ['us-east-1'] }) }),
    ],
    ['without a region, in a scan of all regions', 'resolved', { region: null }, look()],
    [
      'without a region, in a scan of some regions',
      'region not scanned',
      { region: null },
      look({ requested: requested({ regions: ['eu-west-1'] }) }),
    ],
    ['of a check that is not in the results', 'check not evaluated', {}, look({}, { evaluated: false })],
    [
      'of a check that crashed',
      'check not evaluated',
      {},
      look({ unseen: [{ service: 'ec2', checkId: 'open', reason: 'check not evaluated' }] }),
    ],
    [
      "of a check when another service's crashed",
      'resolved',
      {},
      look(unseen({ service: 'iam', checkId: 'open' })),
    ],
    ['of a service with fetch errors', 'fetch error', {}, look(unseen({ service: 'ec2' }))],
    ['when nobody knows what an error hides', 'fetch error', {}, look(unseen({}))],
    [
      'of a service with fetch errors in another region',
      'resolved',
      {},
      look(unseen({ service: 'ec2', region: 'us-east-1' })),
    ],
    [
      'of a service with fetch errors in its region',
      'fetch error',
      {},
      look(unseen({ service: 'ec2', region: 'eu-west-1' })),
    ],
    [
      'without a region, of a service with fetch errors somewhere',
      'fetch error',
      { region: null },
      look(unseen({ service: 'ec2', region: 'us-east-1' })),
    ],
    [
      'of a kind of resources that could not be read',
      'fetch error',
      {},
      look(unseen({ service: 'ec2', resourceType: 'instance' })),
    ],
    [
      'of a kind of resources, when another could not be read',
      'resolved',
      {},
      look(unseen({ service: 'ec2', resourceType: 'snapshot' })),
    ],
    [
      'of the resource that could not be read',
      'fetch error',
      {},
      look(unseen({ service: 'ec2', resourceId: 'a/1' })),
    ],
    [
      'of another resource than the one that could not be read',
      'resolved',
      {},
      look(unseen({ service: 'ec2', resourceId: 'a/' })),
    ],
    ['below a prefix that could not be read', 'fetch error', {}, look(unseen({ resourcePrefix: 'a/' }))],
    ['beside a prefix that could not be read', 'resolved', {}, look(unseen({ resourcePrefix: 'b/' }))],
    [
      'below a prefix that could not be read of another type',
      'resolved',
      {},
      look(unseen({ resourcePrefix: 'a/', resourceType: 'snapshot' })),
    ],
    ['below the prefix that was scanned', 'resolved', {}, look({ only: [{ resourcePrefix: 'a/' }] })],
    [
      'beside the prefix that was scanned',
      'resource not scanned',
      {},
      look({ only: [{ resourcePrefix: 'b/' }] }),
    ],
    [
      'of the resource that was scanned',
      'resolved',
      {},
      look({ only: [{ resourceId: 'z' }, { service: 'ec2', resourceId: 'a/1' }] }),
    ],
    [
      'of a check that was not among the scanned places',
      'resource not scanned',
      {},
      look({ only: [{ checkId: 'shut' }] }),
    ],
    ['of the type that was scanned', 'resolved', {}, look({ only: [{ resourceType: 'instance' }] })],
    [
      'in one of the regions that were scanned',
      'resolved',
      {},
      look({ only: [{ region: 'us-east-1' }, { region: 'eu-west-1' }] }),
    ],
    [
      'without a region, when only places of a region were scanned',
      'resource not scanned',
      { region: null },
      look({ only: [{ region: 'eu-west-1' }] }),
    ],
    [
      'in the scanned prefix, where a part could not be read',
      'fetch error',
      {},
      look({ only: [{ resourcePrefix: 'a/' }], ...unseen({ resourceId: 'a/1' }) }),
    ],
    ['of a service that shows nothing', 'no resources reported', {}, look(ec2({ resources: 0 }))],
  ])('%s: %s', (_, verdict, missing, scan) => {
    expect(verdictOn({ ...MISSING, ...missing }, scan, [])).toBe(verdict);
  });

  const empty = (scanTime: string, some = {}, scope: Partial<ScanScope> = {}) =>
    look({ ...ec2({ resources: 0, ...some }), ...scope }, { scanTime });

  test.each<[string, string, Look[]]>([
    ['the scan before showed nothing either', 'resolved', [empty('4')]],
    ['the scan before showed something', 'no resources reported', [look({}, { scanTime: '4' }), empty('3')]],
    ['the scan before brought the event', 'no resources reported', [empty('1')]],
    [
      'a scan that did not look there lies between',
      'resolved',
      [look({ services: [] }, { scanTime: '4' }), empty('3')],
    ],
    [
      'a scan of another region lies between',
      'resolved',
      [empty('4', { regions: ['us-east-1'] }), empty('3')],
    ],
    [
      'the scan before had fetch errors',
      'no resources reported',
      [empty('4', {}, unseen({ service: 'ec2' }))],
    ],
    [
      'the scan before could not read this resource',
      'no resources reported',
      [empty('4', {}, unseen({ resourceId: 'a/1' }))],
    ],
    [
      'the scan before could not read another resource',
      'resolved',
      [empty('4', {}, unseen({ resourceId: 'a/2' }))],
    ],
    [
      'a scan of other resources, which showed some, lies between',
      'resolved',
      [look({ only: [{ resourcePrefix: 'b/' }] }, { scanTime: '4' }), empty('3')],
    ],
  ])('of a service that shows nothing, when %s: %s', (_, verdict, earlier) => {
    expect(verdictOn(MISSING, empty('5'), earlier)).toBe(verdict);
  });
});

test('events are judged as a group unless a place that concerns them names resources', () => {
  const { resourceType: _, resourceId: __, ...group } = MISSING;
  const elsewhere = unseen(
    { service: 'iam', resourceId: 'a/1' },
    { region: 'us-east-1', resourceId: 'a/1' },
    { checkId: 'shut', resourcePrefix: 'a/' },
  );
  expect(judge(group, look(elsewhere), [])).toBe('resolved');
  expect(
    judge(group, look({ unseen: [...elsewhere.unseen, ...unseen({ service: 'ec2' }).unseen] }), []),
  ).toBe('fetch error');
  expect(judge(group, look(unseen({ resourceType: 'snapshot' })), [])).toBeInstanceOf(Function);
});

describe('whatever the places are', () => {
  const [word, id] = [fc.constantFrom('x', 'y'), fc.constantFrom('', 'a', 'a/', 'a/1', 'a/2', 'b')];
  const place = fc.record(
    {
      service: word,
      region: word,
      checkId: word,
      resourceType: word,
      resourceId: id,
      resourcePrefix: id,
    },
    { requiredKeys: [] },
  );
  const event = fc.record({
    service: word,
    checkId: word,
    region: fc.option(word),
    resourceType: word,
    resourceId: id,
    lastSeen: fc.constant('1'),
    lastVersion: fc.constant('5.14.0'),
  });
  const services = [{ regions: ['x', 'y'], resources: 3, fetchErrors: 0 }].flatMap((scope) => [
    { service: 'x', ...scope },
    { service: 'y', ...scope },
  ]);

  /** The definition, place by place. */
  function holds(where: Place, { region, ...what }: Event, unknownRegion: boolean): boolean {
    const inRegion =
      where.region === undefined || (region === null ? unknownRegion : where.region === region);
    const isSame = (['service', 'checkId', 'resourceType', 'resourceId'] as const).every(
      (name) => where[name] === undefined || where[name] === what[name],
    );
    return inRegion && isSame && what.resourceId.startsWith(where.resourcePrefix ?? '');
  }

  test('an event is resolved exactly when a scanned place holds it, and no unseen place may', () => {
    fc.assert(
      fc.property(
        event,
        fc.option(fc.array(place, { maxLength: 4 }), { nil: undefined }),
        fc.array(place, { maxLength: 4 }),
        (missing, only, hidden) => {
          const scan = look({ services, ...(only === undefined ? {} : { only }), ...unseen(...hidden) });
          const isSeen = only === undefined || only.some((where) => holds(where, missing, false));
          const mayBeHidden = hidden.some((where) => holds(where, missing, true));
          expect(verdictOn(missing, scan, []) === 'resolved').toBe(isSeen && !mayBeHidden);
        },
      ),
      { numRuns: 2000 },
    );
  });
});

describe('a check that the scanner has no more', () => {
  const later = { version: '5.15.0', checks: ['other'] };

  test.each<[string, Verdict, Look, Look[]]>([
    [
      'ends its events when two scans lack it',
      'gone',
      look({}, later),
      [look({}, { ...later, scanTime: '3' })],
    ],
    ['is waited for at first', 'check not evaluated', look({}, { ...later, evaluated: false }), []],
    [
      'is not gone because a ruleset of the same version lacks it',
      'check not evaluated',
      look({}, { ...later, version: '5.14.0', evaluated: false }),
      [look({}, { ...later, version: '5.14.0', scanTime: '3' })],
    ],
    [
      'is not gone when the scan reports no check of its service',
      'check not evaluated',
      look({}, { ...later, checks: [], evaluated: false }),
      [look({}, { ...later, scanTime: '3' })],
    ],
    [
      'is not gone when the scan before had it',
      'check not evaluated',
      look({}, { ...later, evaluated: false }),
      [look({}, { version: '5.15.0', scanTime: '3' })],
    ],
  ])('%s', (_, verdict, scan, earlier) => {
    expect(verdictOn(MISSING, scan, earlier)).toBe(verdict);
  });
});
