import { expect, test } from '@jest/globals';
import type { AccountOutcome } from '../../src/model/run.ts';
import { failureDetails, runDetailsText } from '../../src/workflows/details.ts';

function account(profile: string, outcome: AccountOutcome['outcome'], message?: string): AccountOutcome {
  const error = message === undefined ? null : { type: 'credentials' as const, message, remedy: 'Sign in.' };
  return {
    profile,
    targetKind: 'aws-profile',
    accountId: null,
    source: 'scoutsuite',
    outcome,
    stage: null,
    error,
    scan: null,
  };
}

test('a run counts those that succeeded, and names the others with what to do', () => {
  const accounts = [account('a', 'success'), account('b', 'failed-scan', 'no keys'), undefined];
  expect(runDetailsText(accounts, { sources: ['scoutsuite'] })).toBe(
    ['**So far:** 1 of 3 accounts successful, 1 not', '', '- `b`: failed-scan. `no keys` → Sign in.'].join(
      '\n',
    ),
  );
  expect(
    runDetailsText([account('a', 'interrupted')], { sources: ['scoutsuite'], status: 'interrupted' }),
  ).toBe('**Interrupted:** 0 of 1 accounts successful, 1 not\n\n- `a`: interrupted');
});

test('a run with several sources counts scans, and names the source of each', () => {
  const accounts = [account('a', 'success'), { ...account('a', 'interrupted'), source: 'checks' }];
  expect(runDetailsText(accounts, { sources: ['scoutsuite', 'checks'] })).toBe(
    '**So far:** 1 of 2 scans successful, 1 not\n\n- `a` · checks: interrupted',
  );
});

test('a run over hundreds of accounts shows a hundred of its failures', () => {
  const accounts = Array.from({ length: 300 }, (_, index) => account(`a${index}`, 'failed-scan', 'x'));
  const lines = runDetailsText(accounts, { sources: ['scoutsuite'] }).split('\n');
  expect(lines).toHaveLength(2 + 100 + 1);
  expect(lines.at(-1)).toBe('- … and 200 more');
});

test('what a scanner says stays text: no link, no heading, no end of its block', () => {
  const details = failureDetails('scan', {
    type: 'scanner-failed',
    message: 'x` [click](https://example.org)\n# y',
    remedy: 'Look.',
    exitCode: 104,
    lastLines: ['```', '<img src=x>'],
  });
  expect(details).toBe(
    [
      '**Failed at stage scan** (scanner-failed, exit code 104)',
      "`x' [click](https://example.org) # y`",
      '**What to do:** Look.',
      'Last lines of the scanner:',
      "```\n'''\n<img src=x>\n```",
    ].join('\n\n'),
  );
});
