import { AnchorKind } from '../anchors.ts';
import { HYPHEN, isDigit, isWord, ZERO } from '../bytes.ts';
import { maskAllBut } from '../detector.ts';
import type { Detector } from '../detector.ts';
import type { Span } from '../match.ts';
import { examples } from './examples.ts';

export const ssn: Detector = {
  id: 'ssn',
  title: 'US social security numbers',
  level: 'high',
  rules: [
    'Three digits, a hyphen, two digits, a hyphen, four digits: `123-45-6789`. Nine digits in a row are none.',
    'The first three are not 000, not 666 and below 900; the next two are not 00; the last four are not 0000.',
    'Before it stands no letter, digit or `_`, nor one of them with a hyphen.',
    'After it stands no letter, digit or `_`, nor a hyphen with a digit.',
  ],
  finder: { by: 'anchor', anchor: AnchorKind.Ssn, match },
  mask: (found) => maskAllBut(4, found),
  examples,
};

const LENGTH = 11;

function match(bytes: Uint8Array, end: number): Span | null {
  if (bytes[end - 5] !== HYPHEN || bytes[end - 8] !== HYPHEN) return null;
  const start = end - LENGTH;
  if (!isDigit(bytes[start]) || !isDigit(bytes[start + 1]) || !isDigit(bytes[start + 2])) return null;
  if (!isDigit(bytes[end - 7]) || !isDigit(bytes[end - 6])) return null;
  if (isWord(bytes[start - 1]) || (bytes[start - 1] === HYPHEN && isWord(bytes[start - 2]))) return null;
  if (isWord(bytes[end]) || (bytes[end] === HYPHEN && isDigit(bytes[end + 1]))) return null;
  const digit = (at: number) => (bytes[at] as number) - ZERO;
  const area = digit(start) * 100 + digit(start + 1) * 10 + digit(start + 2);
  if (area === 0 || area === 666 || area >= 900) return null;
  if (digit(end - 7) + digit(end - 6) === 0) return null;
  if (digit(end - 4) + digit(end - 3) + digit(end - 2) + digit(end - 1) === 0) return null;
  return { start, end };
}
