import { expect, test } from '@jest/globals';
import { outlastDatabase } from '../../src/cli/outlast-database.ts';
import { VedetteError } from '../../src/errors.ts';

const { signal } = new AbortController();

test('a database that is away is waited for', async () => {
  const answers = [new VedetteError('database-unreachable', 'It is away'), 'an answer'];
  const read = async () => {
    const next = answers.shift();
    if (next instanceof Error) throw next;
    return next;
  };
  expect(await outlastDatabase({ signal }, read)).toBe('an answer');
});

test.each(['database-refused', 'account-unknown'] as const)('%s is told at once', async (type) => {
  const read = () => Promise.reject(new VedetteError(type, 'No'));
  await expect(outlastDatabase({ signal }, read)).rejects.toMatchObject({ type });
});

test('the wait can be interrupted', async () => {
  const interruption = new AbortController();
  const read = () => Promise.reject(new VedetteError('database-unreachable', 'It is away'));
  const waiting = outlastDatabase(interruption, read);
  interruption.abort();
  await expect(waiting).rejects.toMatchObject({ name: 'AbortError' });
});
