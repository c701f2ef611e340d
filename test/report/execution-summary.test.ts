import { describe, expect, test } from '@jest/globals';
import type { AccountFailure, AccountOutcome, RunResult } from '../../src/model/run.ts';
import { executionSummary, interruptedSummary, runSummaryText } from '../../src/report/execution-summary.ts';
import { hostileNames } from '../notify/fixtures.ts';

const TITLES = { scoutsuite: 'ScoutSuite', checks: 'Checks' };

function account(profile: string, outcome: Partial<AccountOutcome> = {}): AccountOutcome {
  return {
    profile,
    targetKind: 'aws-profile',
    accountId: null,
    source: 'scoutsuite',
    outcome: 'success',
    stage: null,
    error: null,
    scan: null,
    ...outcome,
  };
}

function failure(message: string, exitCode?: number): AccountFailure {
  return { type: 'scanner-failed', message, remedy: '', ...(exitCode === undefined ? {} : { exitCode }) };
}

function run(accounts: readonly AccountOutcome[], status: RunResult['status'] = 'completed'): RunResult {
  const endedAt = '2024-01-15T14:30:25.000Z';
  return {
    runId: 'run-1',
    status,
    sources: ['scoutsuite'],
    accounts,
    startedAt: '2024-01-15T14:00:00.000Z',
    endedAt,
  };
}

const interrupted = { outcome: 'interrupted', stage: 'scan' } as const;
const failedScan = {
  outcome: 'failed-scan',
  stage: 'scan',
  error: failure('Invalid credentials', 1),
} as const;

describe('the documented texts', () => {
  test('execution summary', () => {
    const accounts = [
      account('production-east'),
      account('production-backup', failedScan),
      account('production-west'),
      account('development', {
        outcome: 'failed-parsing',
        stage: 'parse',
        error: failure('No results file found', 2),
      }),
      account('staging'),
    ];
    expect(executionSummary(run(accounts), TITLES)).toBe(`\
============================================================
SCOUTSUITE RUNNER EXECUTION SUMMARY
============================================================
Execution Time: 2024-01-15 14:30:25
Total Profiles: 5
Successful: 3
Failed Scans: 1
Failed Parsing: 1

SUCCESSFUL PROFILES:
  ✓ production-east
  ✓ production-west
  ✓ staging

FAILED SCANS:
  ✗ production-backup: Exit code 1: Invalid credentials

FAILED PARSING:
  ✗ development: Exit code 2: No results file found
============================================================`);
  });

  test('interrupted, one account at a time', () => {
    const accounts = [account('production-east'), account('production-west', interrupted)];
    const summary = interruptedSummary({ ...run(accounts, 'interrupted'), concurrency: 1 }, TITLES);
    expect(summary).toBe(`\
============================================================
INTERRUPTED EXECUTION SUMMARY
============================================================
Execution Time: 2024-01-15 14:30:25
Total Profiles: 2
Successful: 1
Failed Scans: 0
Failed Parsing: 0

SUCCESSFUL PROFILES:
  ✓ production-east

INTERRUPTED PROFILES:
  ⏸ production-west (interrupted)
============================================================`);
  });

  test('interrupted, several accounts at a time', () => {
    const accounts = [
      account('production-east'),
      account('staging-west', interrupted),
      account('development', interrupted),
    ];
    expect(interruptedSummary({ ...run(accounts, 'interrupted'), concurrency: 3 }, TITLES)).toBe(`\
============================================================
INTERRUPTED EXECUTION SUMMARY
============================================================
Execution Time: 2024-01-15 14:30:25
Attempted Profiles: 3
Total Completed: 1
Successful: 1
Failed Scans: 0
Failed Parsing: 0

ATTEMPTED PROFILES:
  ✓ production-east
  ⏸ staging-west (interrupted)
  ⏸ development (interrupted)
============================================================`);
  });
});

test('what the document does not know has lines of its own, in its style', () => {
  const error = failure('The database cannot be reached.');
  const accounts = [
    account('one', { outcome: 'failed', stage: 'persist', error }),
    account('two', { outcome: 'skipped', error: failure('another run is scanning two right now') }),
    account('three', { outcome: 'failed-scan', stage: 'scan', error: null }),
    account('four', { outcome: 'failed', stage: null, error }),
  ];
  expect(executionSummary(run(accounts), TITLES)).toBe(`\
============================================================
SCOUTSUITE RUNNER EXECUTION SUMMARY
============================================================
Execution Time: 2024-01-15 14:30:25
Total Profiles: 4
Successful: 0
Failed Scans: 1
Failed Parsing: 0
Failed Processing: 2
Skipped: 1

FAILED SCANS:
  ✗ three: no reason recorded

FAILED PROCESSING:
  ✗ one: persist: The database cannot be reached.
  ✗ four: The database cannot be reached.

SKIPPED PROFILES:
  - two: another run is scanning two right now
============================================================`);
});

test('failures and skipped accounts among several interrupted at a time', () => {
  const skipped = account('two', { outcome: 'skipped', error: failure('another run is scanning two') });
  const accounts = [account('one', failedScan), skipped, account('three', interrupted)];
  expect(interruptedSummary({ ...run(accounts, 'interrupted'), concurrency: 2 }, TITLES)).toBe(`\
============================================================
INTERRUPTED EXECUTION SUMMARY
============================================================
Execution Time: 2024-01-15 14:30:25
Attempted Profiles: 2
Total Completed: 1
Successful: 0
Failed Scans: 1
Failed Parsing: 0
Skipped: 1

ATTEMPTED PROFILES:
  ✗ one: Exit code 1: Invalid credentials
  ⏸ three (interrupted)

SKIPPED PROFILES:
  - two: another run is scanning two
============================================================`);
});

test('a run that ended before any account has a summary too', () => {
  expect(executionSummary(run([]), TITLES)).toMatch(/Total Profiles: 0\n.*\n.*\nFailed Parsing: 0\n={60}$/);
});

test('the summary that fits how the run ended', () => {
  const accounts = [account('one'), account('two', interrupted)];
  const ended = { ...run(accounts, 'interrupted'), concurrency: 2 };
  expect(runSummaryText(ended, TITLES)).toBe(interruptedSummary(ended, TITLES));
  expect(runSummaryText({ ...ended, status: 'completed' }, TITLES)).toBe(executionSummary(ended, TITLES));
});

test.each(Object.entries(hostileNames))('a hostile name cannot change the layout: %s', (_attack, name) => {
  const accounts = [
    account(name),
    account(name, { outcome: 'failed-scan', stage: 'scan', error: failure(name, 1) }),
  ];
  const summary = executionSummary(run(accounts), TITLES);
  expect(summary.split('\n')).toHaveLength(15);
  expect(summary.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
});

test('a message without end is cut', () => {
  const error = failure('x'.repeat(10_000));
  const summary = executionSummary(
    run([account('one', { outcome: 'failed-scan', stage: 'scan', error })]),
    TITLES,
  );
  expect(summary.length).toBeLessThan(1200);
});

describe('other sources than ScoutSuite', () => {
  const several = { ...run([]), sources: ['scoutsuite', 'checks'], concurrency: 2 };
  const accounts = [
    account('one'),
    account('one', { source: 'checks', ...failedScan }),
    account('two', { ...interrupted, source: 'checks' }),
  ];

  test('alone have their title in the place of its', () => {
    const summary = executionSummary({ ...run([account('one')]), sources: ['checks'] }, TITLES);
    expect(summary).toContain('\nCHECKS RUNNER EXECUTION SUMMARY\n');
    expect(summary).toContain('\nTotal Profiles: 1\n');
    expect(summary).toContain('\n  ✓ one\n');
  });

  test('together have a line for each account and source', () => {
    expect(executionSummary({ ...several, accounts }, TITLES)).toBe(`\
============================================================
VEDETTE RUNNER EXECUTION SUMMARY
============================================================
Execution Time: 2024-01-15 14:30:25
Total Scans: 3
Successful: 1
Failed Scans: 1
Failed Parsing: 0

SUCCESSFUL SCANS:
  ✓ one [ScoutSuite]

FAILED SCANS:
  ✗ one [Checks]: Exit code 1: Invalid credentials

INTERRUPTED SCANS:
  ⏸ two [Checks] (interrupted)
============================================================`);
  });

  test('together and interrupted have one list of all that was attempted', () => {
    const summary = interruptedSummary({ ...several, accounts, status: 'interrupted' }, TITLES);
    expect(summary).toContain('\nAttempted Scans: 3\n');
    expect(summary).toContain('\nATTEMPTED SCANS:\n  ✓ one [ScoutSuite]\n  ✗ one [Checks]: ');
  });
});
