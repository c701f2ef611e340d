import { expect, test } from '@jest/globals';
import { quietText } from '../../src/notify/quiet-text.ts';

const quiet = {
  accountId: '012345678901',
  accountName: 'prod\u001B[31m\nuction',
  lastPayloadAt: '2026-11-20T02:00:00.000Z',
};

test('the message about accounts that have gone quiet says which, since when, and what to look at', () => {
  const { title, text } = quietText([quiet], 'https://vedette.example');
  expect(title).toBe('1 account has gone quiet');
  expect(text).toContain('2026-11-20 02:00 UTC  prod');
  expect(text).toContain('(012345678901)');
  expect(text).not.toContain('\u001B');
  expect(text).toContain('https://vedette.example/inventory');
});

test('of many accounts some are named, and the others counted', () => {
  const { title, text } = quietText(Array.from({ length: 60 }, () => quiet));
  expect(title).toBe('60 accounts have gone quiet');
  expect(text.match(/012345678901/g)).toHaveLength(50);
  expect(text).toContain('… and 10 more');
});
