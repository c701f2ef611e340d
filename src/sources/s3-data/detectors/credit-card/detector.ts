import { AnchorKind } from '../anchors.ts';
import { DOT, HYPHEN, isDigit, isWord, SPACE, ZERO } from '../bytes.ts';
import { maskAllBut } from '../detector.ts';
import type { Detector } from '../detector.ts';
import type { Span } from '../match.ts';
import { examples } from './examples.ts';

export const creditCard: Detector = {
  id: 'credit_card',
  title: 'Payment card numbers',
  level: 'critical',
  rules: [
    'Sixteen digits that begin with 4, 51 to 55, 2221 to 2720 or 6011, or fifteen that begin with 34 or 37.',
    'In one row; or sixteen in four groups of four, fifteen in groups of four, six and five, with the same separator, a hyphen or a space, between all groups.',
    "The last digit is right by Luhn's formula.",
    'Before it stands no letter, digit or `_`, nor one of them with a hyphen, nor a digit with a dot: the digits of a fraction are no card.',
    'After it stands no letter, digit or `_`, nor one of them behind a hyphen, nor a digit behind a dot.',
    'Of two that overlap, the first one counts.',
  ],
  finder: { by: 'anchor', anchor: AnchorKind.Card, match },
  mask: (found) => maskAllBut(4, found),
  examples,
};

/** Where the digits of each form are, from its first byte. */
const PLAIN_16 = Array.from({ length: 16 }, (_, index) => index);
const PLAIN_15 = PLAIN_16.slice(0, 15);
const GROUPS_16 = PLAIN_16.map((index) => index + (index >> 2));
const GROUPS_15 = PLAIN_15.map((index) => index + (index > 3 ? 1 : 0) + (index > 9 ? 1 : 0));

function match(bytes: Uint8Array, end: number): Span | null {
  const gap = bytes[end - 5] as number;
  if (gap === HYPHEN || gap === SPACE) {
    if (bytes[end - 10] !== gap || bytes[end - 15] !== gap) return null;
    return numberAt(bytes, end - 19, end, GROUPS_16);
  }
  if (!isDigit(gap)) return null;
  const before = bytes[end - 6] as number;
  if (before === HYPHEN || before === SPACE) {
    return bytes[end - 13] === before ? numberAt(bytes, end - 17, end, GROUPS_15) : null;
  }
  return numberAt(bytes, end - 16, end, PLAIN_16) ?? numberAt(bytes, end - 15, end, PLAIN_15);
}

function numberAt(bytes: Uint8Array, start: number, end: number, form: readonly number[]): Span | null {
  const before = bytes[start - 1];
  const after = bytes[end];
  if (!isIssued(bytes, start, form.length) || isWord(before) || isWord(after)) return null;
  if (before === HYPHEN && isWord(bytes[start - 2])) return null;
  if (before === DOT && isDigit(bytes[start - 2])) return null;
  if (after === HYPHEN && isWord(bytes[end + 1])) return null;
  if (after === DOT && isDigit(bytes[end + 1])) return null;
  return passesLuhn(bytes, start, form) ? { start, end } : null;
}

/** By the first digits, which say whose card it is; in every form they are in one row. */
function isIssued(bytes: Uint8Array, start: number, count: number): boolean {
  const first = (bytes[start] as number) - ZERO;
  if (first < 2 || first > 6) return false;
  const two = first * 10 + (bytes[start + 1] as number) - ZERO;
  if (count === 15) return two === 34 || two === 37;
  if (first === 4) return true;
  const four = two * 100 + ((bytes[start + 2] as number) - ZERO) * 10 + (bytes[start + 3] as number) - ZERO;
  return (two >= 51 && two <= 55) || (four >= 2221 && four <= 2720) || four === 6011;
}

/** Whether there are digits alone, and the last one is right by Luhn's formula. */
function passesLuhn(bytes: Uint8Array, start: number, form: readonly number[]): boolean {
  let sum = 0;
  for (let index = form.length - 1, double = false; index >= 0; index -= 1, double = !double) {
    const digit = (bytes[start + (form[index] as number)] as number) - ZERO;
    if (digit < 0 || digit > 9) return false;
    sum += double ? (digit > 4 ? digit * 2 - 9 : digit * 2) : digit;
  }
  return sum % 10 === 0;
}
