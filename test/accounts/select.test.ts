import { describe, expect, test } from '@jest/globals';
import {
  matchAccounts,
  parseSelection,
  resolveTargets,
  profileTarget,
  selectionMenu,
} from '../../src/accounts/select.ts';
import { targetOf } from '../support/run-input.ts';

const account = '123456789012';
const profiles = ['production-east', 'production-west', 'production-backup'].map((profile) =>
  profileTarget({ profile, accountId: account }),
);
const role = { kind: 'aws-role', name: 'by-role', accountId: '222222222222' } as const;

describe('matchAccounts', () => {
  test('takes the profile of that name, even one that is named like an account id', () => {
    const odd = profileTarget({ profile: account, accountId: null });
    expect(matchAccounts([...profiles, odd], account)).toEqual([odd]);
    expect(matchAccounts(profiles, 'production-west')).toEqual([profiles[1]]);
  });

  test('else takes every profile of that account', () => {
    expect(matchAccounts(profiles, account)).toEqual(profiles);
  });

  test('takes a profile before an account of the database', () => {
    const namesake = { ...role, name: 'production-west' };
    expect(matchAccounts([...profiles, role, namesake], 'production-west')).toEqual([profiles[1]]);
    expect(matchAccounts([...profiles, role], 'by-role')).toEqual([role]);
    expect(matchAccounts([...profiles, role], '222222222222')).toEqual([role]);
  });

  test('names what nobody knows', () => {
    expect(() => matchAccounts(profiles, 'nobody')).toThrow(
      expect.objectContaining({ type: 'account-unknown', message: expect.stringContaining('"nobody"') }),
    );
  });
});

test('the menu is the documented one', () => {
  const { text, prompt } = selectionMenu(account, profiles);
  expect(`${text}\n${prompt}1,2`).toBe(
    [
      "Found 3 profiles matching account ID '123456789012':",
      '  1. production-east',
      '  2. production-west',
      '  3. production-backup',
      '  4. All profiles',
      '  5. Cancel',
      'Select profiles to scan (comma-separated numbers or single number): 1,2',
    ].join('\n'),
  );
});

describe('parseSelection', () => {
  test.each([
    ['1,2', [0, 1]],
    [' 3 , 1 ', [0, 2]],
    ['1-3', [0, 1, 2]],
    ['2,2-3', [1, 2]],
    ['4', [0, 1, 2]],
    ['All profiles', [0, 1, 2]],
  ])('%j chooses %j', (text, indexes) => {
    expect(parseSelection(text, 3)).toEqual({ kind: 'chosen', indexes });
  });

  test.each(['5', 'cancel', '1,5'])('%j cancels', (text) => {
    expect(parseSelection(text, 3)).toEqual({ kind: 'cancel' });
  });

  test.each(['', '0', '6', '3-1', 'one', '1;2', '1-99999999999'])('%j is refused', (text) => {
    expect(parseSelection(text, 3)).toMatchObject({ kind: 'invalid' });
  });
});

describe('resolveTargets', () => {
  const named = (...names: string[]) => names.map(targetOf);
  test('adds what is known of a profile, and keeps what nobody knows', () => {
    expect(resolveTargets(profiles, named('production-west', 'elsewhere'))).toEqual([
      profiles[1],
      ...named('elsewhere'),
    ]);
  });

  test('takes an account id as the first profile of that account, each profile once', () => {
    expect(resolveTargets(profiles, named(account, 'production-east'))).toEqual([profiles[0]]);
  });

  test('takes a name that is no profile as the account of the database', () => {
    expect(resolveTargets([...profiles, role], named('by-role'))).toEqual([role]);
    const namesake = { ...role, name: 'production-west' };
    expect(resolveTargets([...profiles, namesake], [namesake])).toEqual([namesake]);
  });
});
