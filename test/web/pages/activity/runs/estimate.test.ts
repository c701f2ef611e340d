import { expect, test } from '@jest/globals';
import type { Run } from '../../../../../src/api/schemas/runs.ts';
import { estimateText } from '../../../../../web/src/pages/activity/runs/estimate.ts';

const last = {
  startedAt: '2026-11-22T03:00:00.000Z',
  endedAt: '2026-11-22T03:04:00.000Z',
  concurrency: 2,
  accounts: [{}, {}, {}, {}],
} as unknown as Run;

test('as many rounds as are needed, each as long as those of the last run', () => {
  expect(estimateText(5, last)).toBe('About 6 min 0 s, judging by the last run: 4 scans in 4 min 0 s');
  expect(estimateText(1, last)).toMatch(/^About 2 min 0 s/);
});

test('nothing where there is nothing to judge by, or nothing to scan', () => {
  expect(estimateText(0, last)).toBeNull();
  expect(estimateText(3, { ...last, accounts: [] })).toBeNull();
  expect(estimateText(3, { ...last, endedAt: null })).toBeNull();
});
