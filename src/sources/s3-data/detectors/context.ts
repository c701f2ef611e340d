import { maskAllBut } from './detector.ts';
import type { Found, Shown } from './found.ts';
import { MATCH_LIMITS } from './match.ts';

/** What was read, from `from` to `end`; `wide` where a unit is more than a byte. */
export interface Text {
  buffer: Buffer;
  wide: Uint16Array | null;
  from: number;
  end: number;
}

const LINE_END = new Set([0x0a, 0x0d, 0]);

/**
 * A match and what stands around it on its line, with this and every other match in it masked. Of matches that overlap
 * nothing is shown: what one mask leaves may be what the other hides.
 *
 * @param near index in `all` from which a match may reach into the context; they are in order
 */
export function contextOf(text: Text, match: Found, all: readonly Found[], near: number): Shown {
  let from = match.start;
  while (
    from > text.from &&
    match.start - from < MATCH_LIMITS.context &&
    !LINE_END.has(text.buffer[from - 1] as number)
  )
    from -= 1;
  let to = match.end;
  while (to < text.end && to - match.end < MATCH_LIMITS.context && !LINE_END.has(text.buffer[to] as number))
    to += 1;
  const decode = decoder(text, from, to);
  let isAlone = true;
  let before = '';
  let after = '';
  let at = from;
  let afterAt = match.end;
  for (let index = near; index < all.length; index += 1) {
    const other = all[index] as Found;
    if (other.start >= to) break;
    if (other === match || other.end <= from) continue;
    if (other.start < match.end && other.end > match.start) isAlone = false;
    if (other.start < match.start && other.end > at) {
      before += decode(at, Math.max(at, other.start)) + maskOf(text, other, at, match.start);
      at = Math.min(match.start, other.end);
    }
    if (other.end > match.end && other.end > afterAt) {
      after += decode(afterAt, Math.max(afterAt, other.start)) + maskOf(text, other, afterAt, Infinity);
      afterAt = other.end;
    }
  }
  before += decode(at, match.start);
  after += decode(afterAt, Math.max(afterAt, to));
  const masked = maskedOf(text, match);
  const maskedMatch = isAlone ? masked : maskAllBut(0, masked);
  return { maskedMatch, context: before + maskedMatch + after };
}

/** A match as its detector masks it. */
export function maskedOf({ buffer }: Pick<Text, 'buffer'>, match: Found): string {
  match.masked ??= match.detector.mask(buffer.toString('latin1', match.start, match.end));
  return match.masked;
}

/** What may be shown of a match from `from` to `to`: its mask where it is there whole and alone. */
function maskOf(text: Text, match: Found, from: number, to: number): string {
  const { start, end } = match;
  const masked = maskedOf(text, match);
  if (start >= from && end <= to) return masked;
  return 'X'.repeat(Math.min(masked.length, Math.min(end, to) - Math.max(start, from)));
}

/** Gives parts of what lies between: most of it is ASCII, and then read at once. */
function decoder({ buffer, wide }: Text, from: number, to: number): (start: number, end: number) => string {
  if (wide !== null) {
    return (start, end) =>
      String.fromCharCode(...wide.subarray(start, end))
        .toWellFormed()
        .replaceAll('\uFFFD', '');
  }
  const whole = buffer.toString('latin1', from, to);
  if (!NOT_ASCII.test(whole)) return (start, end) => whole.slice(start - from, Math.max(start, end) - from);
  return (start, end) => {
    const bytes = buffer.subarray(start, Math.max(start, end));
    const decoded = bytes.toString();
    if (!decoded.includes('\uFFFD')) return decoded;
    // Characters that are cut at either end are left out; more of them, and it is no UTF-8.
    const inside = decoded.replace(/^\uFFFD{1,3}|\uFFFD{1,3}$/g, '');
    return inside.includes('\uFFFD') ? bytes.toString('latin1') : inside;
  };
}

const NOT_ASCII = /[\u0080-\u00FF]/;
