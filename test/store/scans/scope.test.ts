import { describe, expect, test } from '@jest/globals';
import type { ScanScope, UnseenPlace } from '../../../src/model/scope.ts';
import { describeScope } from '../../../src/model/scope.ts';
import { boundScope, scopeFrom } from '../../../src/store/scans/scope.ts';

const requested = { services: [], skippedServices: [], regions: [], excludedRegions: [] };

function service(name: string, fetchErrors = 0) {
  return { service: name, regions: null, resources: 1, fetchErrors };
}

function scope(unseen: readonly UnseenPlace[], rest: Partial<ScanScope> = {}): ScanScope {
  return { services: [service('ec2')], requested, unseen, ...rest };
}

function resources(count: number, some: Partial<UnseenPlace> = {}): UnseenPlace[] {
  return Array.from({ length: count }, (_, index) => ({
    service: 's3',
    region: 'eu-west-1',
    checkId: 'open',
    resourceId: `bucket-${index}`,
    reason: 'fetch error',
    ...some,
  }));
}

describe('a stored scope', () => {
  test('from before places were told has all services with errors, and all crashed checks, unseen', () => {
    const services = [service('ec2', 2), service('s3')];
    const unevaluatedChecks = [{ service: 's3', checkId: 's3-open' }];
    expect(scopeFrom({ services, requested, unevaluatedChecks })).toEqual({
      services,
      requested,
      unseen: [
        { service: 's3', checkId: 's3-open', reason: 'check not evaluated' },
        { service: 'ec2', reason: 'fetch error' },
      ],
    });
  });

  test('of a source that only counts its errors has the service unseen', () => {
    const crashed: UnseenPlace = { service: 'ec2', checkId: 'open', reason: 'check not evaluated' };
    const { unseen } = scopeFrom(scope([crashed], { services: [service('ec2', 1)] }));
    expect(unseen).toEqual([crashed, { service: 'ec2', reason: 'fetch error' }]);
  });

  test.each<UnseenPlace>([
    { service: 'ec2', resourceType: 'instance', reason: 'fetch error' },
    { region: 'eu-west-1', reason: 'fetch error' },
  ])('keeps the place that was told: %j', (place) => {
    const told = scope([place], { services: [service('ec2', 1)], only: [{ resourcePrefix: 'a/' }] });
    expect(scopeFrom(told)).toEqual(told);
    expect(scopeFrom(describeScope(told))).toEqual(told);
  });

  test('is described with the checks that were evaluated nowhere', () => {
    const { unevaluatedChecks } = describeScope(
      scope([
        { service: 'ec2', checkId: 'crashed', reason: 'check not evaluated' },
        { service: 'ec2', checkId: 'half', region: 'eu-west-1', reason: 'check not evaluated' },
        { service: 'ec2', checkId: 'once', resourceId: 'i-1', reason: 'check not evaluated' },
        { service: 'ec2', checkId: 'unread', reason: 'fetch error' },
      ]),
    );
    expect(unevaluatedChecks).toEqual([{ service: 'ec2', checkId: 'crashed' }]);
  });
});

describe('a scope of very many places', () => {
  const unseenOf = (places: readonly UnseenPlace[]) => boundScope(scope(places)).unseen;

  const whole: UnseenPlace = { service: 's3', region: 'eu-west-1', checkId: 'open', reason: 'fetch error' };

  test('keeps a few thousand', () => {
    const places = [...resources(1500), ...resources(1500, { region: 'us-east-1' })];
    expect(unseenOf(places)).toEqual(places);
  });

  test('loses resources first, of the check and region that has too many', () => {
    const few = resources(3, { region: 'us-east-1' });
    expect(unseenOf([...resources(3001), ...few])).toEqual([whole, ...few]);
    expect(unseenOf([...resources(2000), ...resources(2000, { checkId: 'plain' }), ...few])).toEqual([
      whole,
      { ...whole, checkId: 'plain' },
      ...few,
    ]);
  });

  test('then checks and types, then regions, then services', () => {
    const many = (name: 'checkId' | 'region' | 'service') =>
      Array.from({ length: 3001 }, (_, index) => resources(1, { [name]: `n${index}` })).flat();
    const reason = 'fetch error';
    expect(unseenOf(many('checkId'))).toEqual([{ service: 's3', region: 'eu-west-1', reason }]);
    expect(unseenOf(many('region'))).toEqual([{ service: 's3', reason }]);
    expect(unseenOf(many('service'))).toEqual([{ reason }]);
  });

  test('is bounded altogether, and holds all that it held', () => {
    const places = Array.from({ length: 20 }, (_, index) => resources(2500, { region: `r${index}` })).flat();
    const bounded = unseenOf(places);
    expect(bounded).toEqual(Array.from({ length: 20 }, (_, index) => ({ ...whole, region: `r${index}` })));
  });

  test('limits the places that were scanned by leaving some out', () => {
    const only = resources(9000).map(({ resourceId }) => ({ resourceId: resourceId ?? '' }));
    expect(boundScope(scope([], { only })).only).toEqual(only.slice(0, 3000));
  });

  test('has no ids that are longer than the stored ones: unseen places widen, scanned ones are left out', () => {
    const [long, longer] = ['x'.repeat(2048), 'x'.repeat(2049)];
    const unseen: UnseenPlace[] = [
      { resourceId: long, reason: 'fetch error' },
      { resourceId: longer, reason: 'fetch error' },
      { resourcePrefix: longer, reason: 'fetch error' },
    ];
    const only = [{ resourceId: long }, { resourceId: longer }, { resourcePrefix: longer }];
    expect(boundScope(scope(unseen, { only }))).toMatchObject({
      unseen: [
        { resourceId: long },
        { resourcePrefix: 'x'.repeat(2047) },
        { resourcePrefix: 'x'.repeat(2047) },
      ],
      only: [{ resourceId: long }],
    });
  });
});
