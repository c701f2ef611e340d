import { describe, expect, test } from '@jest/globals';
import type { ScanScope } from '../../../src/model/observation.ts';
import { verdictOn } from '../../../src/store/scans/resolution-rules.ts';
import type { Look, Missing } from '../../../src/store/scans/resolution-rules.ts';

const MISSING: Missing = { service: 'ec2', checkId: 'open', region: 'eu-west-1', lastSeen: '1' };

function look(scope: Partial<ScanScope> = {}, { scanTime = '5', evaluated = true } = {}): Look {
  return {
    scanTime,
    scope: {
      services: [
        { service: 'ec2', regions: ['eu-west-1', 'us-east-1'], resources: 3, fetchErrors: 0 },
        { service: 'iam', regions: null, resources: 3, fetchErrors: 0 },
      ],
      requested: requested(),
      unevaluatedChecks: [],
      ...scope,
    },
    evaluated: () => evaluated,
  };
}

function requested(some: Partial<ScanScope['requested']> = {}): ScanScope['requested'] {
  return { services: [], skippedServices: [], regions: [], excludedRegions: [], ...some };
}

function ec2(some: { resources?: number; fetchErrors?: number; regions?: readonly string[] | null }) {
  return { services: [{ service: 'ec2', regions: ['eu-west-1'], resources: 3, fetchErrors: 0, ...some }] };
}

describe('an event that a scan did not bring', () => {
  test.each<[string, string, Partial<Missing>, Look]>([
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
      look({ unevaluatedChecks: [{ service: 'ec2', checkId: 'open' }] }),
    ],
    [
      "of a check when another service's crashed",
      'resolved',
      {},
      look({ unevaluatedChecks: [{ service: 'iam', checkId: 'open' }] }),
    ],
    ['of a service with fetch errors', 'fetch error', {}, look(ec2({ fetchErrors: 1 }))],
    [
      'of a service with fetch errors in another region',
      'region not scanned',
      { region: 'us-east-1' },
      look(ec2({ fetchErrors: 1 })),
    ],
    ['of a service that shows nothing', 'no resources reported', {}, look(ec2({ resources: 0 }))],
  ])('%s: %s', (_, verdict, missing, scan) => {
    expect(verdictOn({ ...MISSING, ...missing }, scan, [])).toBe(verdict);
  });

  const empty = (scanTime: string, some = {}) => look(ec2({ resources: 0, ...some }), { scanTime });

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
    ['the scan before had fetch errors', 'no resources reported', [empty('4', { fetchErrors: 1 })]],
  ])('of a service that shows nothing, when %s: %s', (_, verdict, earlier) => {
    expect(verdictOn(MISSING, empty('5'), earlier)).toBe(verdict);
  });
});
