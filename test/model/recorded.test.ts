import { expect, test } from '@jest/globals';
import {
  currentFinishedRun,
  currentPurgeInput,
  currentRunInput,
  currentScanInput,
  currentTarget,
} from '../../src/model/recorded.ts';
import type { AccountOutcome } from '../../src/model/run.ts';
import { scanRunInput, targetOf } from '../support/run-input.ts';

const options = { services: [], regions: [], initial: false };
const recorded = { profile: 'acme', accountId: null };

test('what the version before recorded is of the default organisation, one source and profiles', () => {
  const run = { source: 'scoutsuite', selection: { accounts: [recorded] }, options, concurrency: 2 };
  expect(currentRunInput(run)).toEqual(scanRunInput(['acme']));
  expect(currentRunInput({ ...run, selection: { all: true } }).selection).toEqual({ all: true });
  const scan = { runId: 'run-1', source: 'scoutsuite', target: recorded, options, resultsSha256: 'ab' };
  expect(currentScanInput(scan)).toEqual({
    organizationId: 'default',
    ...scan,
    target: targetOf('acme'),
  });
  expect(currentPurgeInput({ olderThanMs: 1 })).toEqual({ organizationId: 'default', olderThanMs: 1 });
});

test('what this version recorded stays as it is', () => {
  const run = scanRunInput(['acme'], { organizationId: 'globex', sources: ['a', 'b'] });
  expect(currentRunInput(run)).toBe(run);
  const target = { kind: 'aws-role', name: 'acme', accountId: null, sources: ['a'] } as const;
  expect(currentTarget(target)).toBe(target);
  const scan = { organizationId: 'globex', runId: 'run-1', source: 'a', target, options };
  expect(currentScanInput(scan)).toEqual(scan);
  const purge = { organizationId: 'globex', olderThanMs: 1 };
  expect(currentPurgeInput(purge)).toEqual(purge);
});

test('a result of the version before names its source and the kind of its targets', () => {
  const outcome = { ...recorded, outcome: 'success' as const, stage: null, error: null, scan: null };
  const times = { startedAt: '2026-11-22T12:00:00.000Z', endedAt: '2026-11-22T12:01:00.000Z' };
  const run = { runId: 'run-1', status: 'completed' as const, ...times };
  expect(currentFinishedRun({ ...run, accounts: [outcome], concurrency: 3 })).toEqual({
    ...run,
    organizationId: 'default',
    concurrency: 3,
    sources: ['scoutsuite'],
    accounts: [{ ...outcome, source: 'scoutsuite', targetKind: 'aws-profile' } satisfies AccountOutcome],
  });
});
