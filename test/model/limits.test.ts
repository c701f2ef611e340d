import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  boundedFailure,
  boundedOutcome,
  boundedProgress,
  boundedPurge,
  boundedScan,
  excessOf,
  jsonBytes,
  LIMITS,
  shortened,
} from '../../src/model/limits.ts';
import type { AccountProgress, ScanRunInput } from '../../src/model/pipeline.ts';
import type { AccountFailure, AccountOutcome } from '../../src/model/run.ts';
import type { ScanOutcome } from '../../src/model/scan.ts';

/** One byte, two, three and four of them, those that JSON escapes, and half a character. */
const FILLINGS = ['x', 'é', '语', '🛡', '"', '\\', '\n', '\u0001', '\ud800'];
/** What Temporal takes of one value. */
const TEMPORAL_VALUE = 2 * 1024 * 1024;
const anyText = fc.string({ unit: fc.constantFrom(...FILLINGS), maxLength: 3000 });
const anyLimit = fc.integer({ min: 0, max: 6000 });

const bytesOf = (value: unknown) => Buffer.byteLength(JSON.stringify(value));

function failure(filling: string, texts = 100_000): AccountFailure {
  const text = filling.repeat(texts);
  return {
    type: 'scanner-failed',
    message: text,
    remedy: text,
    exitCode: 101,
    lastLines: Array.from({ length: 20 }, () => filling.repeat(4000)),
  };
}

function scan(warnings: readonly string[]): ScanOutcome {
  return {
    scanId: 2_147_483_647,
    organizationId: 'default',
    accountId: '111111111111',
    source: 'scoutsuite',
    scanTime: '2026-11-22T15:51:07.000Z',
    version: '5.14.0',
    status: 'partial',
    findings: { total: 250, flagged: 120 },
    events: { total: 100_000, new: 1000, still: 90_000, resolved: 500, reopened: 20, unverified: 8480 },
    notified: 1000,
    warnings,
    durationMs: 123_456,
  };
}

function outcome(filling: string, part: Partial<AccountOutcome>): AccountOutcome {
  return {
    profile: shortened(filling.repeat(LIMITS.name), LIMITS.name),
    targetKind: 'aws-profile',
    accountId: '111111111111',
    source: 'scoutsuite',
    outcome: 'failed-scan',
    stage: 'scan',
    error: null,
    scan: null,
    ...part,
  };
}

test('the size of a value is that of its JSON in UTF-8', () => {
  fc.assert(
    fc.property(fc.anything({ withNullPrototype: false }), (value) => {
      if (typeof value !== 'object' || value === null || JSON.stringify(value) === undefined) return;
      expect(jsonBytes(value)).toBe(bytesOf(value));
    }),
  );
});

test('a text that does not fit is cut between two characters, and says so', () => {
  fc.assert(
    fc.property(anyText, anyLimit, (text, limit) => {
      const short = shortened(text, limit);
      const kept = short.replace(/ … \(shortened\)$/, '');
      expect(jsonBytes(short)).toBeLessThanOrEqual(limit);
      expect(short === text).toBe(jsonBytes(text) <= limit);
      expect(short === text || short === '' || kept !== short).toBe(true);
      expect(Array.from(text).slice(0, Array.from(kept).length).join('')).toBe(kept);
    }),
  );
});

test.each(FILLINGS)('a failure filled with %j is bounded, whatever is long in it', (filling) => {
  for (const limit of [600, LIMITS.scan, LIMITS.failure]) {
    for (const length of [10, 1000, 100_000]) {
      const bounded = boundedFailure(failure(filling, length), limit);
      expect(jsonBytes(bounded)).toBeLessThanOrEqual(limit);
      expect(bounded).toMatchObject({ type: 'scanner-failed', exitCode: 101 });
    }
  }
});

test('a failure keeps its last lines rather than those before, and tells of these', () => {
  const lastLines = Array.from({ length: 20 }, (_, index) => `line ${index} ${'and so on '.repeat(50)}`);
  const told = { type: 'credentials', message: 'the session is over', remedy: 'Sign in.' } as const;
  const bounded = boundedFailure({ ...told, lastLines }, 2048);
  expect(bounded).toMatchObject(told);
  expect(bounded.lastLines).toEqual(['… (lines before these are left out)', ...lastLines.slice(17)]);
});

test('a scan keeps its first warnings, and says where the others are', () => {
  const warnings = Array.from({ length: 5000 }, (_, index) => `item ${index} was not understood`);
  const bounded = boundedScan(scan(warnings), LIMITS.scan);
  expect(jsonBytes(bounded)).toBeLessThanOrEqual(LIMITS.scan);
  const kept = bounded.warnings.slice(0, -1);
  expect(kept.length).toBeGreaterThan(80);
  expect(kept).toEqual(warnings.slice(0, kept.length));
  expect(bounded.warnings.at(-1)).toBe('… (more of them: vedette scan show 2147483647)');
});

test.each(FILLINGS)('a run of any size is one value of Temporal when all is filled with %j', (filling) => {
  const whole: readonly Partial<AccountOutcome>[] = [
    { error: failure(filling) },
    { outcome: 'success', scan: scan(Array.from({ length: 50 }, () => filling.repeat(1000))) },
    { outcome: 'success', scan: scan([filling.repeat(100_000)]) },
  ];
  for (const scans of [1, 60, 1000, LIMITS.scansOfRun]) {
    for (const part of whole) {
      const bounded = boundedOutcome(outcome(filling, part), scans);
      expect(scans * (jsonBytes(bounded) + 1)).toBeLessThan(TEMPORAL_VALUE);
      expect(bounded.error?.type).toBe(part.error?.type);
    }
    const { message, remedy } = failure(filling);
    const line: AccountProgress = {
      ...outcome(filling, {}),
      state: 'ended',
      outcome: 'failed-parsing',
      failure: { message, remedy },
    };
    const { profile, targetKind, source, state } = line;
    const told = boundedProgress(
      { profile, targetKind, source, state, outcome: line.outcome, failure: { message, remedy } },
      scans,
    );
    expect(scans * (jsonBytes(told) + 1)).toBeLessThan(TEMPORAL_VALUE);
  }
});

test('a run of a thousand accounts has room for why each has failed', () => {
  const message = 'CRITICAL Authentication failure: the session is over';
  const bounded = boundedOutcome(outcome('x', { error: { ...failure('x', 40), message } }), 1000);
  expect(bounded.error?.message).toBe(message);
});

test('what succeeds without warnings is whole in the largest run', () => {
  const whole = outcome('x', { profile: 'production', outcome: 'success', scan: scan([]) });
  expect(boundedOutcome(whole, LIMITS.scansOfRun)).toEqual(whole);
});

test('a purge of many accounts keeps its sums', () => {
  const accounts = Array.from({ length: 50_000 }, (_, index) => {
    return { accountId: String(index).padStart(12, '0'), source: 'scoutsuite', events: 1, links: 2 };
  });
  const whole = {
    before: '2026-01-01T00:00:00.000Z',
    dryRun: false,
    events: 50_000,
    links: 100_000,
    accounts,
  };
  const bounded = boundedPurge(whole, LIMITS.step);
  expect(jsonBytes(bounded)).toBeLessThanOrEqual(LIMITS.step);
  expect(bounded).toMatchObject({ events: 50_000, links: 100_000 });
  expect(bounded.accounts.length).toBeGreaterThan(5000);
});

test('what no run can carry is told before it begins', () => {
  const input = (accounts: number, more: Partial<ScanRunInput> = {}): ScanRunInput => ({
    organizationId: 'default',
    sources: ['scoutsuite', 'checks'],
    selection: {
      accounts: Array.from({ length: accounts }, (_, index) => {
        return { kind: 'aws-profile', name: `p${index}`, accountId: null };
      }),
    },
    options: { services: [], regions: [], initial: false },
    concurrency: 4,
    ...more,
  });
  expect(excessOf(input(1500))).toBeNull();
  expect(excessOf(input(1501))).toContain('make 3002');
  const services = Array.from({ length: 1000 }, (_, index) => `service-${index}`);
  expect(excessOf(input(1, { options: { services, regions: [], initial: false } }))).toContain('services');
});
