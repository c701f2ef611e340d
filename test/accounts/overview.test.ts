import { describe, expect, test } from '@jest/globals';
import { accountOverviews } from '../../src/accounts/overview.ts';
import type { PlannedScan } from '../../src/accounts/overview.ts';
import type { ScanDetails } from '../../src/model/scan.ts';

const NOW = new Date('2026-11-22T12:00:00.000Z');
const HOUR_MS = 3_600_000;
const hours = (count: number) => new Date(NOW.getTime() + count * HOUR_MS).toISOString();

function scan(change: Partial<ScanDetails>): ScanDetails {
  return {
    scanId: 1,
    organizationId: 'default',
    accountId: '111111111111',
    source: 'scoutsuite',
    scanTime: hours(-1),
    version: '5.14.0',
    status: 'recorded',
    findings: { total: 0, flagged: 0 },
    events: { total: 0, new: 0, still: 0, resolved: 0, reopened: 0, unverified: 0 },
    notified: 0,
    warnings: [],
    durationMs: 1,
    runId: null,
    profile: 'prod',
    createdAt: hours(-1),
    completedAt: hours(-1),
    unverifiedReasons: {},
    scope: {
      services: [
        { service: 's3', regions: null, resources: 1, fetchErrors: 0 },
        { service: 'sns', regions: ['eu-west-1'], resources: 0, fetchErrors: 2 },
      ],
      requested: { services: [], skippedServices: [], regions: [], excludedRegions: [] },
      unseen: [],
      unevaluatedChecks: [{ service: 'sns', checkId: 'sns-topic' }],
    },
    ...change,
  };
}

const profiles = [{ profile: 'prod', accountId: null }];
const overview = (scans: readonly ScanDetails[], planned: readonly PlannedScan[] = []) =>
  accountOverviews({ profiles, scans, open: [], planned }, NOW)[0];

describe('the health of an account', () => {
  const every6h = { source: 'scoutsuite', accounts: ['prod'], nextAt: [hours(1), hours(7)] };
  test.each<[string, ReturnType<typeof overview>]>([
    ['never', overview([])],
    ['never', overview([scan({ accountId: '222222222222', profile: 'other' })])],
    ['ok', overview([scan({})])],
    ['partial', overview([scan({ status: 'partial' })])],
    ['ok', overview([scan({ scanTime: hours(-167) })])],
    ['stale', overview([scan({ scanTime: hours(-169), status: 'partial' })])],
    ['ok', overview([scan({ scanTime: hours(-11) })], [every6h])],
    ['stale', overview([scan({ scanTime: hours(-13) })], [every6h])],
    ['stale', overview([scan({ scanTime: hours(-13) })], [{ ...every6h, accounts: null }])],
    ['stale', overview([scan({ scanTime: hours(-13) })], [{ ...every6h, accounts: ['111111111111'] }])],
    ['ok', overview([scan({ scanTime: hours(-13) })], [{ ...every6h, accounts: ['other'] }])],
  ])('is %s', (health, account) => {
    expect(account?.health).toBe(health);
  });
});

describe('an account with several sources', () => {
  const two = [
    scan({ scanTime: hours(-5), status: 'partial' }),
    scan({ scanId: 2, source: 'checks', scanTime: hours(-2) }),
  ];

  test('is as healthy as the least healthy of them, and has each', () => {
    expect(overview(two)).toMatchObject({
      health: 'partial',
      lastScan: { scanId: 2 },
      sources: [
        { source: 'checks', health: 'ok', lastScan: { scanId: 2 } },
        { source: 'scoutsuite', health: 'partial', lastScan: { scanId: 1 } },
      ],
    });
  });

  test('is judged by the plans of each', () => {
    const planned = [
      { source: 'checks', accounts: null, nextAt: [hours(9), hours(10)] },
      { source: 'scoutsuite', accounts: ['prod'], nextAt: [hours(3), hours(27)] },
      { source: 'view360', accounts: ['prod'], nextAt: [hours(4)] },
    ];
    const late = [scan({ scanTime: hours(-5) }), scan({ source: 'checks', scanTime: hours(-5) })];
    expect(overview(late, planned)).toMatchObject({
      health: 'never',
      nextScanAt: hours(3),
      sources: [
        { source: 'checks', health: 'stale', nextScanAt: hours(9) },
        { source: 'scoutsuite', health: 'ok', nextScanAt: hours(3) },
        { source: 'view360', health: 'never', lastScan: null, nextScanAt: hours(4) },
      ],
    });
  });
});

test('what the last scan did not evaluate is told', () => {
  expect(overview([scan({})])).toMatchObject({
    unevaluatedChecks: [{ service: 'sns', checkId: 'sns-topic' }],
    servicesWithErrors: ['sns'],
  });
});

test('profiles come first, then accounts that no profile names; each with what it has open', () => {
  const levels = { critical: 1, high: 0, medium: 0, low: 0, info: 0 };
  const accounts = accountOverviews(
    {
      profiles: [{ profile: 'known', accountId: '333333333333' }, ...profiles],
      scans: [scan({}), scan({ accountId: '222222222222', profile: 'gone' })],
      open: [{ accountId: '222222222222', profile: 'gone', open: levels, suppressed: 4 }],
      planned: [],
    },
    NOW,
  );
  expect(accounts).toMatchObject([
    { profile: 'known', accountId: '333333333333', lastScan: null, suppressed: 0 },
    { profile: 'prod', accountId: '111111111111', open: { critical: 0 } },
    { profile: null, accountId: '222222222222', open: levels, suppressed: 4 },
  ]);
});
