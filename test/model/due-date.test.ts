import { expect, test } from '@jest/globals';
import { dueAt } from '../../src/model/due-date.ts';
import { loadConfig } from '../../src/settings.ts';

const POLICY = loadConfig({
  general: { due: 'critical=7d,high=30d,111111111111:high=36h,111111111111:critical=0' },
}).config.general.due;
const event = {
  accountId: '222222222222',
  level: 'high',
  status: 'active',
  firstSeen: '2026-01-01T00:00:00.000Z',
  reopenedAt: null,
} as const;

test('an event is due so long after it was first seen, or came back, as its level and account say', () => {
  expect(dueAt(POLICY, event)).toBe('2026-01-31T00:00:00.000Z');
  expect(dueAt(POLICY, { ...event, reopenedAt: '2026-02-01T00:00:00.000Z' })).toBe(
    '2026-03-03T00:00:00.000Z',
  );
  expect(dueAt(POLICY, { ...event, accountId: '111111111111' })).toBe('2026-01-02T12:00:00.000Z');
});

test.each([
  ['a level without a time', { level: 'info' }],
  ['an account that has no end', { level: 'critical', accountId: '111111111111' }],
  ['suppressed', { status: 'suppressed' }],
  ['resolved', { status: 'resolved' }],
] as const)('nobody waits for it: %s', (_, more) => {
  expect(dueAt(POLICY, { ...event, ...more })).toBeNull();
});

test.each(['critical', 'urgent=7d', 'high=soon', '1234:high=7d'])('%s is refused by name', (text) => {
  expect(() => loadConfig({ general: { due: text } })).toThrow(
    expect.objectContaining({ type: 'config-invalid' }),
  );
});
