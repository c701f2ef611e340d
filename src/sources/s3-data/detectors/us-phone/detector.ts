import { AnchorKind } from '../anchors.ts';
import { DOT, HYPHEN, isDigit, isWord, SPACE, ZERO } from '../bytes.ts';
import { maskAllBut } from '../detector.ts';
import type { Detector } from '../detector.ts';
import type { Span } from '../match.ts';
import { examples } from './examples.ts';

export const usPhone: Detector = {
  id: 'us_phone',
  title: 'US phone numbers',
  level: 'medium',
  rules: [
    'Area code, exchange and four digits: `415-555-2671`, `415.555.2671`, `415 555 2671`, or `(415) 555-2671`, with or without the space. Each separator is a hyphen, a dot or a space. Ten digits in a row are none.',
    'Area code and exchange have three digits, the first of them 2 to 9.',
    'The country code belongs to it: `+1` with a separator or right before the bracket, or `1` with a hyphen or a dot.',
    'Before it stands no letter, digit or `_`, nor a digit with a hyphen or a dot; before a bracket only no digit. A country code of which this is not true is left out, if what follows it is a number by itself.',
    'After it stands no letter, digit or `_`, nor a digit behind a hyphen or a dot.',
  ],
  finder: { by: 'anchor', anchor: AnchorKind.Phone, match },
  mask: (found) => maskAllBut(4, found),
  examples,
};

const OPENING = 0x28;
const CLOSING = 0x29;
const PLUS = 0x2b;
const ONE = 0x31;

function match(bytes: Uint8Array, end: number): Span | null {
  const exchange = end - 8;
  if (!isGap(bytes[end - 5]) || !isNxx(bytes, exchange)) return null;
  if (isWord(bytes[end])) return null;
  if ((bytes[end] === HYPHEN || bytes[end] === DOT) && isDigit(bytes[end + 1])) return null;
  const gap = exchange - 1;
  const closing =
    bytes[gap] === CLOSING ? gap : bytes[gap] === SPACE && bytes[gap - 1] === CLOSING ? gap - 1 : null;
  if (closing !== null) {
    const area = closing - 3;
    if (!isNxx(bytes, area) || bytes[area - 1] !== OPENING) return null;
    const start = area - 1;
    const withCode = countryCode(bytes, start, true);
    if (withCode !== null) return { start: withCode, end };
    return isDigit(bytes[start - 1]) ? null : { start, end };
  }
  const start = gap - 3;
  if (!isGap(bytes[gap]) || !isNxx(bytes, start)) return null;
  const withCode = countryCode(bytes, start, false);
  if (withCode !== null) return { start: withCode, end };
  return isFree(bytes, start) ? { start, end } : null;
}

/** Where the country code before `at` begins; null where there is none. */
function countryCode(bytes: Uint8Array, at: number, beforeBracket: boolean): number | null {
  const separated = isGap(bytes[at - 1]);
  const one = separated ? at - 2 : at - 1;
  if (bytes[one] !== ONE || (!separated && !beforeBracket)) return null;
  if (bytes[one - 1] === PLUS && isFree(bytes, one - 1)) return one - 1;
  return separated && bytes[at - 1] !== SPACE && isFree(bytes, one) ? one : null;
}

function isFree(bytes: Uint8Array, start: number): boolean {
  const before = bytes[start - 1];
  return !isWord(before) && !((before === HYPHEN || before === DOT) && isDigit(bytes[start - 2]));
}

function isNxx(bytes: Uint8Array, at: number): boolean {
  return (
    isDigit(bytes[at]) &&
    (bytes[at] as number) >= ZERO + 2 &&
    isDigit(bytes[at + 1]) &&
    isDigit(bytes[at + 2])
  );
}

function isGap(byte: number | undefined): boolean {
  return byte === HYPHEN || byte === DOT || byte === SPACE;
}
