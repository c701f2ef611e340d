import { coversRange } from '../address-ranges.ts';
import type { Condition, Statement } from './document.ts';

/** Keys that say of which account those are who ask, or for whom. */
const ACCOUNT_KEYS = new Set([
  'aws:principalaccount',
  'aws:sourceaccount',
  'aws:sourceowner',
  'kms:calleraccount',
]);
/** Keys that say it by an ARN. */
const ARN_KEYS = new Set(['aws:principalarn', 'aws:sourcearn']);
const ORGANISATION_KEYS = new Set([
  'aws:principalorgid',
  'aws:principalorgpaths',
  'aws:sourceorgid',
  'aws:sourceorgpaths',
]);
/** Keys that say who asks, or for whom; a condition on one of them leaves a few of all. */
const IDENTITY_KEYS = new Set([
  ...ACCOUNT_KEYS,
  ...ARN_KEYS,
  ...ORGANISATION_KEYS,
  'aws:userid',
  'aws:principalid',
  'lambda:functionurlauthtype',
  's3:dataaccesspointaccount',
  's3:dataaccesspointarn',
]);
/** What such a key says of who has signed nothing. */
const UNSIGNED = 'NONE';
const NETWORK_KEYS = new Set(['aws:sourcevpc', 'aws:sourcevpce', 'aws:vpcsourceip']);
const ADDRESS_KEY = 'aws:sourceip';

const NARROWING_OPERATORS = new Set([
  'stringequals',
  'stringequalsignorecase',
  'stringlike',
  'arnequals',
  'arnlike',
  'ipaddress',
]);

/** What a condition may narrow a statement to. */
export interface Narrowing {
  /** Known accounts, organisations, ARNs. */
  identities: boolean;
  /** Known networks: VPCs, endpoints, addresses. */
  networks: boolean;
}

/**
 * Whether the conditions leave only known ones of all who could ask. One condition is enough, for all of them must hold;
 * of its values each must narrow, for any of them may hold.
 */
export function isNarrowed(
  { conditions }: Pick<Statement, 'conditions'>,
  by: Narrowing = { identities: true, networks: true },
): boolean {
  return conditions.some((condition) => narrows(condition, by));
}

/** Whether the conditions leave only those of known organisations. */
export function isWithinOrganisation({ conditions }: Pick<Statement, 'conditions'>): boolean {
  return conditions.some((one) => ORGANISATION_KEYS.has(one.key) && narrows(one, IDENTITIES));
}

/** For each condition that leaves only some accounts, which these are. */
export function accountsLeft({ conditions }: Pick<Statement, 'conditions'>): string[][] {
  return conditions
    .filter((one) => narrows(one, IDENTITIES))
    .map(({ key, values }) => {
      if (ACCOUNT_KEYS.has(key)) return [...values];
      return ARN_KEYS.has(key)
        ? values.map((arn) => arn.split(':')[4] ?? '').filter((id) => /^\d/.test(id))
        : [];
    })
    .filter((accounts) => accounts.length > 0);
}

/** Whether a condition on the key must hold, with values that each leave something out; the operator is one of equality. */
export function pins({ operator, key, values }: Condition, pinned: (key: string) => boolean): boolean {
  return isEquality(operator) && pinned(key) && values.length > 0 && values.every(isFixed);
}

const IDENTITIES: Narrowing = { identities: true, networks: false };

/** `…IfExists` and `ForAllValues:` also hold where the key is missing. */
function isEquality(operator: string): boolean {
  return NARROWING_OPERATORS.has(operator.replace(/^foranyvalue:/, ''));
}

function narrows({ operator, key, values }: Condition, by: Narrowing): boolean {
  if (!isEquality(operator) || values.length === 0) return false;
  if (key === ADDRESS_KEY) return by.networks && values.every(isPrivateRange);
  if (NETWORK_KEYS.has(key)) return by.networks && values.every(isFixed);
  return by.identities && IDENTITY_KEYS.has(key) && values.every(namesSomebody);
}

function isFixed(value: string): boolean {
  return !/^\*+$/.test(value) && value !== '';
}

/**
 * An ARN names somebody by its account, or, of services without accounts, by its resource; anything else by what stands
 * before its first colon or slash, such as the role of `AROA…:session` and the organisation of `o-…/r-…/ou-…/*`.
 */
function namesSomebody(value: string): boolean {
  if (!isFixed(value) || value === UNSIGNED) return false;
  if (!value.startsWith('arn:')) return !/^[^:/]*[*?]/.test(value);
  const [, , service = '', , account = '', ...resource] = value.split(':');
  // Buckets have names of their own in all accounts.
  if (account !== '' && service !== 's3') return !/[*?]/.test(account);
  return isFixed(resource.join(':'));
}

/** Addresses of networks of one's own. Those for documents are none: whoever writes them means others by them. */
const PRIVATE = [
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.168.0.0/16',
  'fc00::/7',
  'fe80::/10',
];

function isPrivateRange(range: string): boolean {
  return PRIVATE.some((wider) => coversRange(wider, range));
}
