import { expect, test } from '@jest/globals';
import type { ListedSuppression } from '../../src/model/suppression.ts';
import { endingText } from '../../src/notify/ending-text.ts';

const ending: ListedSuppression = {
  id: 7,
  kind: 'accepted-risk',
  reason: 'Emptied\u001B[31m\neach night',
  owner: 'platform',
  expiresAt: '2026-12-03T00:00:00.000Z',
  createdAt: '2026-09-03T00:00:00.000Z',
  createdBy: 'ann',
  rule: { checkId: 's3-bucket-no-logging', accountId: null, resource: null, tag: 'env=dev*' },
  events: 12,
};

test('the message about suppressions that end soon says which, what they hold back, and what to do', () => {
  const { title, text } = endingText([ending], 'https://vedette.example');
  expect(title).toBe('1 suppression ends soon');
  expect(text).toContain(
    '2026-12-03  suppression 7 (s3-bucket-no-logging × tag env=dev*; events: 12), platform: Emptied',
  );
  expect(text).not.toContain('\u001B');
  expect(text.split('\n')).toHaveLength(5);
  expect(text).toContain('vedette suppression edit ID --until 90d');
  expect(text).toContain('https://vedette.example/settings/suppressions');
  expect(endingText([ending, ending]).title).toBe('2 suppressions end soon');
});
