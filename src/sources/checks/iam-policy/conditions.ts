import { BlockList, isIP } from 'node:net';
import type { Condition, Statement } from './document.ts';

/** Keys that say who asks, or for whom; a condition on one of them leaves a few of all. */
const IDENTITY_KEYS = new Set([
  'aws:principalaccount',
  'aws:principalarn',
  'aws:principalorgid',
  'aws:principalorgpaths',
  'aws:resourceaccount',
  'aws:resourceorgid',
  'aws:sourceaccount',
  'aws:sourcearn',
  'aws:sourceorgid',
  'aws:sourceorgpaths',
  'aws:sourceowner',
  'aws:userid',
  'aws:principalid',
  'kms:calleraccount',
  'lambda:functionurlauthtype',
  's3:dataaccesspointaccount',
  's3:dataaccesspointarn',
]);
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

function narrows({ operator, key, values }: Condition, by: Narrowing): boolean {
  // `…IfExists` and `ForAllValues:` also hold where the key is missing.
  const plain = operator.replace(/^foranyvalue:/, '');
  if (!NARROWING_OPERATORS.has(plain) || values.length === 0) return false;
  if (key === ADDRESS_KEY) return by.networks && values.every(isPrivateRange);
  if (NETWORK_KEYS.has(key)) return by.networks && values.every(isFixed);
  return by.identities && IDENTITY_KEYS.has(key) && values.every(namesSomebody);
}

function isFixed(value: string): boolean {
  return !/^\*+$/.test(value) && value !== '';
}

/** An ARN names somebody by its account, or, of services without accounts, by its resource. */
function namesSomebody(value: string): boolean {
  if (!isFixed(value)) return false;
  if (!value.startsWith('arn:')) return !/^[*?]/.test(value);
  const [, , , , account = '', ...resource] = value.split(':');
  if (account !== '') return !/[*?]/.test(account);
  return isFixed(resource.join(':'));
}

/** Addresses that nobody on the internet has. */
const NOT_PUBLIC = new BlockList();
for (const [address, prefix] of [
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
] as const) {
  NOT_PUBLIC.addSubnet(address, prefix, 'ipv4');
}
NOT_PUBLIC.addSubnet('fc00::', 7, 'ipv6');
NOT_PUBLIC.addSubnet('fe80::', 10, 'ipv6');

/** Whether a range lies where nobody on the internet is. A range is no wider than the block that its address is in. */
function isPrivateRange(range: string): boolean {
  const [address = '', prefix] = range.split('/');
  const version = isIP(address);
  if (version === 0) return false;
  const least = version === 4 ? 16 : 10;
  const isWide = prefix !== undefined && Number(prefix) < least && range !== '10.0.0.0/8';
  return !isWide && NOT_PUBLIC.check(address, version === 4 ? 'ipv4' : 'ipv6');
}
