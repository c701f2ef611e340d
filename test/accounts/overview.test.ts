import { describe, expect, test } from '@jest/globals';
import { accountOverviews } from '../../src/accounts/overview.ts';
import type { CoveringScan, PlannedScan } from '../../src/accounts/overview.ts';
import { coverageReasons } from '../../src/model/account-health.ts';
import type { ScanFailure } from '../../src/model/scan-failure.ts';

const NOW = new Date('2026-11-22T12:00:00.000Z');
const HOUR_MS = 3_600_000;
const hours = (count: number) => new Date(NOW.getTime() + count * HOUR_MS).toISOString();

const ALL = { services: [], skippedServices: [], regions: [], excludedRegions: [] };
const withErrors = { service: 'sns', regions: ['eu-west-1'], resources: 0, fetchErrors: 2 };
const SCOPE = {
  services: [{ service: 's3', regions: null, resources: 1, fetchErrors: 0 }],
  requested: ALL,
  unseen: [],
  unevaluatedChecks: [{ service: 'sns', checkId: 'sns-topic' }],
};

function scan(change: Partial<CoveringScan>): CoveringScan {
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
    scope: SCOPE,
    unconfirmed: [],
    ...change,
  };
}

const targets = [{ kind: 'aws-profile', name: 'prod', accountId: null }] as const;
const overview = (
  scans: readonly CoveringScan[],
  planned: readonly PlannedScan[] = [],
  failures: readonly ScanFailure[] = [],
) => accountOverviews({ targets, scans, failures, open: [], planned }, NOW)[0];

const unconfirmed = [
  { service: 'ec2', events: 40, oldest: hours(-100) },
  { service: 'sns', events: 1, oldest: hours(-30) },
];
const failed: ScanFailure = {
  targetKind: 'aws-profile',
  targetName: 'prod',
  source: 'scoutsuite',
  runId: 'a-run',
  stage: 'scan',
  failure: { type: 'credentials', message: 'cannot sign in', remedy: 'Look at the profile.' },
  times: 4,
  firstFailedAt: hours(-50),
  lastFailedAt: hours(-2),
};

test.each([
  [overview([scan({})]), ['1 check not evaluated']],
  [
    overview([scan({ unconfirmed, scope: { ...SCOPE, requested: { ...ALL, services: ['s3', 'iam'] } } })]),
    ['s3, iam only', '1 check not evaluated', '41 events not confirmed, the oldest since 2026-11-18 08:00'],
  ],
  [overview([], [], [failed]), ['failed 4 times since 2026-11-20 10:00: cannot sign in', 'never scanned']],
])('why an account is not known in full is told', (account, reasons) => {
  expect(account?.sources.flatMap(coverageReasons)).toEqual(reasons);
});

describe('the health of an account', () => {
  const every6h = { source: 'scoutsuite', accounts: ['prod'], nextAt: [hours(1), hours(7)] };
  test.each<[string, ReturnType<typeof overview>]>([
    ['never', overview([])],
    ['never', overview([scan({ accountId: '222222222222', profile: 'other' })])],
    ['ok', overview([scan({})])],
    ['partial', overview([scan({ unconfirmed })])],
    ['partial', overview([scan({ scope: { ...SCOPE, services: [withErrors] } })])],
    ['narrow', overview([scan({ scope: { ...SCOPE, requested: { ...ALL, services: ['s3'] } } })])],
    ['narrow', overview([scan({ scope: { ...SCOPE, requested: { ...ALL, excludedRegions: ['x'] } } })])],
    ['narrow', overview([scan({ scope: { ...SCOPE, only: [{ service: 's3' }] } })])],
    ['failed', overview([], [], [failed])],
    ['failed', overview([scan({ scanTime: hours(-3) })], [], [failed])],
    ['ok', overview([scan({ scanTime: hours(-1) })], [], [failed])],
    ['ok', overview([scan({ scanTime: hours(-3) })], [], [{ ...failed, targetName: 'other' }])],
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
  expect(overview([scan({ scope: { ...SCOPE, services: [withErrors] } })])).toMatchObject({
    unevaluatedChecks: [{ service: 'sns', checkId: 'sns-topic' }],
    servicesWithErrors: ['sns'],
  });
});

test('targets come first, then accounts that none leads into; each with what it has open', () => {
  const levels = { critical: 1, high: 0, medium: 0, low: 0, info: 0 };
  const accounts = accountOverviews(
    {
      targets: [{ kind: 'aws-role', name: 'known', accountId: '333333333333' }, ...targets],
      failures: [],
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
