import { expect, test } from '@jest/globals';
import { coverageDays } from '../../../../../web/src/pages/coverage/history/days.ts';

const scan = (accountId: string, scanTime: string, effective: number | null) => ({
  scanId: 1,
  accountId,
  scanTime,
  figures: { techniques: 10, covered: 1, partial: 0, uncovered: 9, effective },
});

test('what a scan has found holds until the next one of its account', () => {
  const days = coverageDays([
    scan('1', '2026-11-01T06:00:00.000Z', 10),
    scan('1', '2026-11-01T18:00:00.000Z', 20),
    scan('2', '2026-11-03T06:00:00.000Z', 40),
    scan('1', '2026-11-04T06:00:00.000Z', null),
  ]);
  expect(days).toEqual([
    { day: '2026-11-01', effective: 20, accounts: 1 },
    { day: '2026-11-02', effective: 20, accounts: 1 },
    { day: '2026-11-03', effective: 30, accounts: 2 },
    { day: '2026-11-04', effective: 20, accounts: 2 },
  ]);
  expect(coverageDays([])).toEqual([]);
});
