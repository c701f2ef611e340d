/**
 * Keys of a bucket in their order, which is that of code points. A range holds the keys after `after` up to and with
 * `upTo`; null is the end of all keys. Ranges that follow each other leave no key out, whatever it begins with.
 */
export interface KeyRange {
  after: string;
  upTo: string | null;
}

/** The last character that keys commonly have; beyond it a split is by the last one there is. */
const COMMON_END = 0x7f;
const END = 0x10_ff_ff;
const SURROGATES = { from: 0xd8_00, to: 0xdf_ff };

export function isInRange(key: string, { after, upTo }: KeyRange): boolean {
  return compareKeys(key, after) > 0 && (upTo === null || compareKeys(key, upTo) <= 0);
}

/** As S3 orders keys: UTF-8 byte by byte, which is code point by code point. */
export function compareKeys(one: string, other: string): number {
  const [left, right] = [Buffer.from(one), Buffer.from(other)];
  return Buffer.compare(left, right);
}

/** Two ranges that are this one together; null where there is nothing between its ends to split at. */
export function splitRange({ after, upTo }: KeyRange, prefix: string): [KeyRange, KeyRange] | null {
  const middle = keyBetween(after, upTo, prefix);
  return middle === null
    ? null
    : [
        { after, upTo: middle },
        { after: middle, upTo },
      ];
}

/** A key with the prefix after one and before the other, about in the middle; null where there is none to be had. */
function keyBetween(after: string, upTo: string | null, prefix: string): string | null {
  const low = Array.from(after.startsWith(prefix) ? after : prefix);
  const high = upTo === null ? null : Array.from(upTo);
  let isShared = true;
  for (let at = 0; at <= low.length; at += 1) {
    const from = low[at]?.codePointAt(0) ?? 0x20;
    const end = isShared && high !== null ? high[at]?.codePointAt(0) : undefined;
    const isInPrefix = at < Array.from(prefix).length;
    if (!isInPrefix) {
      const middle = between(from, end ?? (from < COMMON_END ? COMMON_END : END));
      if (middle !== null) {
        const key = low.slice(0, at).join('') + String.fromCodePoint(middle);
        if (compareKeys(key, after) > 0 && (upTo === null || compareKeys(key, upTo) < 0)) return key;
      }
    }
    if (end !== undefined && end !== from) isShared = false;
  }
  return null;
}

function between(from: number, end: number): number | null {
  const middle = (from + end) >> 1;
  if (middle <= from) return null;
  return middle >= SURROGATES.from && middle <= SURROGATES.to ? null : middle;
}
