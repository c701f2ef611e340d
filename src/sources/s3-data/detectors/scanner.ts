import { ANCHOR_BIAS, ANCHOR_SLICE, findAnchors } from './anchors.ts';
import { contextOf, maskedOf } from './context.ts';
import type { AnchoredDetector, DetectorSet } from './detector-set.ts';
import type { Detector } from './detector.ts';
import type { Found, Match } from './found.ts';
import { MATCH_LIMITS, PADDING } from './match.ts';

export type Encoding = 'bytes' | 'utf-16le' | 'utf-16be';

/** Of units. Bytes that come together are looked at when they are as many; a match across any border is found once. */
const CAPACITY = 512 * 1024;
/** Kept after what is reported: the longest match, its context, and whole matches in that. */
const AHEAD = 2 * MATCH_LIMITS.length + 4 * MATCH_LIMITS.context;
/** Kept before it: keywords, context, the beginning of an address. */
const BEHIND = 256;

/**
 * Finds matches in a stream of bytes of any length, in bounded memory. A unit is a byte, or two of UTF-16, of which only
 * ASCII matters to the detectors.
 */
export class Scanner {
  private readonly buffer = Buffer.alloc(PADDING + CAPACITY + PADDING);
  /** The units whole, where they are more than a byte: for the context. */
  private readonly wide: Uint16Array | null;
  private readonly isBigEndian: boolean;
  private readonly set: DetectorSet;
  private readonly onMatch: (match: Match) => void;
  private readonly unitBytes: number;
  /** Index after the last unit. */
  private end = PADDING;
  /** What begins before was reported already. */
  private from = PADDING;
  /** Offset of the unit at index 0, in units; and of the first unit, in bytes. */
  private base = -PADDING;
  private readonly firstByte: number;
  private halfUnit: number | null = null;
  /** Matches before `from` that contexts after it may show. */
  private before: Found[] = [];
  /** By detector, where its last match ends: of those that overlap only the first counts. */
  private readonly lastEnds = new Map<Detector, number>();

  /** @param firstByte offset of the first byte that is written; after a byte-order mark it is 2 */
  constructor(set: DetectorSet, encoding: Encoding, firstByte: number, onMatch: (match: Match) => void) {
    this.set = set;
    this.onMatch = onMatch;
    this.firstByte = firstByte;
    this.isBigEndian = encoding === 'utf-16be';
    this.unitBytes = encoding === 'bytes' ? 1 : 2;
    this.wide = encoding === 'bytes' ? null : new Uint16Array(this.buffer.length);
  }

  write(bytes: Uint8Array): void {
    if (this.wide === null) this.writeBytes(bytes);
    else this.writeUnits(bytes, this.wide);
  }

  /** Reports what is left. */
  finish(): void {
    this.look(true);
  }

  private writeBytes(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length;) {
      const count = Math.min(bytes.length - at, PADDING + CAPACITY - this.end);
      this.buffer.set(bytes.subarray(at, at + count), this.end);
      this.end += count;
      at += count;
      if (this.end === PADDING + CAPACITY) this.look(false);
    }
  }

  private writeUnits(bytes: Uint8Array, wide: Uint16Array): void {
    let at = 0;
    if (this.halfUnit !== null && bytes.length > 0) {
      this.addUnit(this.halfUnit, bytes[0] as number, wide);
      this.halfUnit = null;
      at = 1;
    }
    for (; at + 1 < bytes.length; at += 2) this.addUnit(bytes[at] as number, bytes[at + 1] as number, wide);
    if (at < bytes.length) this.halfUnit = bytes[at] as number;
  }

  private addUnit(first: number, second: number, wide: Uint16Array): void {
    const unit = this.isBigEndian ? first * 256 + second : second * 256 + first;
    wide[this.end] = unit;
    this.buffer[this.end] = Math.min(unit, 0x80);
    this.end += 1;
    if (this.end === PADDING + CAPACITY) this.look(false);
  }

  private look(isLast: boolean): void {
    const { buffer, end, base } = this;
    buffer.fill(0, end, end + PADDING);
    const found = this.find();
    const limit = isLast ? end : end - AHEAD;
    const shown = this.before.concat(found);
    const text = { buffer, wide: this.wide, from: Math.max(PADDING, -base), end };
    let near = 0;
    for (const match of found) {
      if (match.start >= limit) break;
      this.lastEnds.set(match.detector, Math.max(match.end, this.lastEnds.get(match.detector) ?? 0));
      if (!this.set.isReported(match.detector)) continue;
      while ((shown[near] as Found).end <= match.start - MATCH_LIMITS.context) near += 1;
      const first = near;
      this.onMatch({
        detector: match.detector,
        offset: this.firstByte + (base + match.start) * this.unitBytes,
        length: (match.end - match.start) * this.unitBytes,
        show: () => contextOf(text, match, shown, first),
      });
    }
    if (isLast) return;
    this.forget(limit - BEHIND - PADDING, shown);
    this.from = PADDING + BEHIND;
  }

  /** Moves what is still needed to the beginning of the buffer. */
  private forget(count: number, shown: readonly Found[]): void {
    const limit = PADDING + BEHIND;
    const kept = shown.filter(({ start, end }) => start - count < limit && end - count > limit - BEHIND);
    for (const match of kept) maskedOf({ buffer: this.buffer }, match);
    this.buffer.copyWithin(0, count, this.end);
    this.wide?.copyWithin(0, count, this.end);
    this.end -= count;
    this.base += count;
    this.before = kept.map((match) => ({ ...match, start: match.start - count, end: match.end - count }));
    for (const [detector, end] of this.lastEnds) this.lastEnds.set(detector, end - count);
  }

  /** All matches from `from` to the end, by their beginning; those near the end may be more than there are. */
  private find(): Found[] {
    const { buffer, from, end, set } = this;
    const found: Found[] = [];
    const ends = new Map(this.lastEnds);
    const add = (detector: Detector, start: number, matchEnd: number): void => {
      if (start < from || matchEnd > end || start < (ends.get(detector) ?? 0)) return;
      ends.set(detector, matchEnd);
      found.push({ detector, start, end: matchEnd, masked: null });
    };
    for (let start = from; start < end; start += ANCHOR_SLICE) {
      const to = Math.min(end, start + ANCHOR_SLICE);
      const { words, count } = findAnchors(buffer, start, to, to === end);
      for (let index = 0; index < count; index += 1) {
        const word = words[index] as number;
        const at = (word >>> 3) - ANCHOR_BIAS + start;
        const detectors = set.byAnchor[word & 7] as readonly AnchoredDetector[];
        for (let which = 0; which < detectors.length; which += 1) {
          const one = detectors[which] as AnchoredDetector;
          const span = one.match(buffer, at);
          if (span !== null) add(one.detector, span.start, span.end);
        }
      }
    }
    for (const { detector, pattern, needs, keywords, validate } of set.byPattern) {
      if (needs.length > 0 && !needs.some((text) => this.has(text))) continue;
      const first = Math.max(from, ends.get(detector) ?? 0);
      for (const { start, end: matchEnd } of pattern.find(buffer, first, end)) {
        if (keywords.length > 0 && !this.hasKeyword(keywords, start)) continue;
        if (validate !== undefined && !validate(this.textOf(start, matchEnd))) continue;
        add(detector, start, matchEnd);
      }
    }
    return found.toSorted((one, other) => one.start - other.start || other.end - one.end);
  }

  private has(text: string): boolean {
    const at = this.buffer.indexOf(text, this.from, 'latin1');
    return at !== -1 && at < this.end;
  }

  private hasKeyword(keywords: readonly string[], start: number): boolean {
    const from = Math.max(PADDING, start - MATCH_LIMITS.keywords);
    const text = this.buffer.toString('latin1', from, start).toLowerCase();
    return keywords.some((keyword) => text.includes(keyword));
  }

  private textOf(start: number, end: number): string {
    return this.buffer.toString('latin1', start, end);
  }
}
