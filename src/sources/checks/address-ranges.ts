import { isIPv4, isIPv6 } from 'node:net';

/** A range of addresses, by its first and last one as numbers. */
interface AddressRange {
  version: 4 | 6;
  prefix: number;
  first: bigint;
  last: bigint;
}

/** Where nobody on the internet is: private, shared between networks, of a host itself, for documents, or reserved. */
const NOT_PUBLIC = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
  'fc00::/7',
  'fe80::/10',
];

/** Whether all of a range lies where nobody on the internet is. */
export function isOffTheInternet(range: string): boolean {
  return NOT_PUBLIC.some((wider) => coversRange(wider, range));
}

/** Whether a range holds all of another one, or is the same; false for what is no range. */
export function coversRange(wider: string, narrower: string): boolean {
  const [outer, inner] = [rangeOf(wider), rangeOf(narrower)];
  if (outer === null || inner?.version !== outer.version) return false;
  return outer.first <= inner.first && inner.last <= outer.last;
}

/** Bits that all addresses of an IPv4 range have in common; null for what is none. */
export function ipv4Prefix(range: string): number | null {
  const parsed = rangeOf(range);
  return parsed?.version === 4 ? parsed.prefix : null;
}

function rangeOf(range: string): AddressRange | null {
  const [address = '', bits] = range.split('/');
  const version = isIPv4(address) ? 4 : isIPv6(address) ? 6 : null;
  if (version === null) return null;
  const width = version === 4 ? 32 : 128;
  const prefix = bits === undefined ? width : Number(bits);
  if (!Number.isInteger(prefix) || prefix < 0 || prefix > width) return null;
  const size = 1n << BigInt(width - prefix);
  const number = version === 4 ? ipv4Number(address) : ipv6Number(address);
  const first = number - (number % size);
  return { version, prefix, first, last: first + size - 1n };
}

function ipv4Number(address: string): bigint {
  return address.split('.').reduce((number, part) => number * 256n + BigInt(part), 0n);
}

function ipv6Number(address: string): bigint {
  // The canonical form of a URL writes an IPv4 ending in hexadecimal.
  const canonical = new URL(`http://[${address}]`).hostname.slice(1, -1);
  const [head = '', tail] = canonical.split('::');
  const parts = (text: string): string[] => (text === '' ? [] : text.split(':'));
  const left = parts(head);
  const right = parts(tail ?? '');
  const middle = tail === undefined ? [] : Array<string>(8 - left.length - right.length).fill('0');
  return [...left, ...middle, ...right].reduce((number, part) => number * 65_536n + BigInt(`0x${part}`), 0n);
}
