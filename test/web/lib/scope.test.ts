import { expect, test } from '@jest/globals';
import { accountsOf, hasNames, isInScope, readScope, scopeText } from '../../../web/src/lib/scope.ts';

const KNOWN = [
  { profile: 'acme-production', accountId: '111111111111' },
  { profile: 'acme-staging', accountId: '222222222222' },
  { profile: 'globex', accountId: '333333333333' },
  { profile: 'acme-new', accountId: null },
  { profile: null, accountId: '444444444444' },
  { profile: 'shop', accountId: 'shop-prod-4711' },
  { profile: 'clash', accountId: 'globex' },
];

test('an address that names accounts as the API does means them', () => {
  expect(readScope({})).toEqual({});
  expect(readScope({ scope: 'acme-*' })).toEqual({ scope: ['acme-*'] });
  expect(readScope({ scope: 'acme-*', account: '111111111111,globex' })).toEqual({
    scope: ['111111111111', 'globex'],
  });
  expect(readScope({ account: 'shop-prod-4711' })).toEqual({ scope: ['shop-prod-4711'] });
});

test.each([
  ['acme-*', ['111111111111', '222222222222']],
  ['*ing', ['222222222222']],
  ['*m*o*', ['111111111111']],
  ['acme-production*production', ['acme-production*production']],
  ['globex', ['333333333333']],
  ['444444444444', ['444444444444']],
  ['999999999999', ['999999999999']],
  ['initech', ['initech']],
  ['shop', ['shop-prod-4711']],
  ['sh*', ['shop-prod-4711']],
  ['shop-prod-4711', ['shop-prod-4711']],
])('%s means %j', (name, ids) => {
  expect(accountsOf([name], KNOWN)).toEqual(ids);
});

test('names have to be looked up, numbers do not', () => {
  expect(hasNames(undefined)).toBe(false);
  expect(hasNames(['111111111111'])).toBe(false);
  expect(hasNames(['111111111111', 'globex'])).toBe(true);
});

test('accounts without a number are in the scope by their name, those without a name by their number', () => {
  const inScope = (scope: string[] | undefined) => KNOWN.filter((account) => isInScope(account, scope));
  expect(inScope(undefined)).toEqual(KNOWN);
  expect(inScope(['acme-n*', '444444444444'])).toEqual(KNOWN.slice(3, 5));
  expect(inScope(['shop-prod-4711'])).toEqual(KNOWN.slice(5, 6));
});

test('is told in the name of the account where there is one', () => {
  expect(scopeText(undefined, KNOWN)).toBe('All accounts');
  expect(scopeText(['333333333333'], KNOWN)).toBe('globex');
  expect(scopeText(['444444444444'], KNOWN)).toBe('444444444444');
  expect(scopeText(['shop-prod-4711'], KNOWN)).toBe('shop');
  expect(scopeText(['acme-*'], KNOWN)).toBe('acme-*');
  expect(scopeText(['globex', 'acme-*'], KNOWN)).toBe('2 accounts');
});
