import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { steps } from '../../../src/cli/output/steps.ts';
import { VedetteError } from '../../../src/errors.ts';

let told: string[];
beforeEach(() => {
  told = [];
  jest.spyOn(process.stderr, 'write').mockImplementation((text) => {
    told.push(String(text).replace(/\(\d+\.\d s\)/, '(time)'));
    return true;
  });
});
afterEach(() => {
  jest.restoreAllMocks();
  jest.useRealTimers();
});

const together = (series: Parameters<ReturnType<typeof steps>['together']>[0]): Promise<void> =>
  steps(new AbortController().signal).together(series);
const done = async (): Promise<string> => 'there';
const fails = (what: string) => (): Promise<never> =>
  Promise.reject(new VedetteError('setup-failed', `${what} is broken.`, { remedy: `Mend ${what}.` }));

test('a failure ends its series; the others go on, and every failure is told', async () => {
  const all = together([
    [
      { title: 'one', work: fails('one') },
      { title: 'after one', work: done },
    ],
    [
      { title: 'two', work: fails('two'), optional: true },
      { title: 'after two', work: done },
    ],
    [{ title: 'three', work: fails('three') }],
  ]);
  await expect(all).rejects.toThrow('three is broken.');
  expect(told.join('')).toContain('– two: two is broken. Mend two.\n');
  expect(told.join('')).toContain('✓ after two: there (time)\n');
  expect(told.at(-1)).toBe('✗ one: one is broken. Mend one.\n');
  expect(told.join('')).not.toContain('after one');
});

test('series go on side by side', async () => {
  let release: (() => void) | undefined;
  const released = new Promise<string>((resolve) => {
    release = () => resolve('now');
  });
  await together([
    [{ title: 'waits for the other', work: () => released }],
    [
      {
        title: 'frees the other',
        work: () => {
          release?.();
          return done();
        },
      },
    ],
  ]);
  expect(told).toContain('✓ waits for the other: now (time)\n');
});

test('a step that says nothing is told of all the same', async () => {
  jest.useFakeTimers();
  let end: ((result: string) => void) | undefined;
  const working = steps(new AbortController().signal).step('slow', (onProgress) => {
    onProgress('1 of 9\u001b[2J');
    return new Promise<string>((resolve) => {
      end = resolve;
    });
  });
  jest.advanceTimersByTime(12_000);
  end?.('over');
  await working;
  expect(told).toEqual([
    '  … slow\n',
    '  … slow: 1 of 9\\u001b[2J (time)\n',
    '  … slow: 1 of 9\\u001b[2J (time)\n',
    '✓ slow (time)\n',
  ]);
});
