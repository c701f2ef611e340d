import { isObject, objectOf } from './json-value.ts';
import { stableElement, stableKey } from './stable-path.ts';

/** One segment of a template: a key as it stands, or a placeholder for a key, which may contain dots. */
export type TemplateSegment = { literal: string } | 'placeholder';

/** More ways to read one item are not looked for: nothing real comes near it. */
const MAX_ALIGNMENTS = 32;
/** More keys than a text is likely to have beginnings. */
const MANY_KEYS = 20;
const LIST_INDEX = /^\d+$/;

/**
 * Every way to read the segments of an item as the keys of a template, those with the longest first keys first.
 * A placeholder takes one or more segments, because keys may contain dots.
 */
export function alignments(segments: readonly string[], template: readonly TemplateSegment[]): string[][] {
  if (segments.length <= template.length) return inStep(segments, template);
  const found: string[][] = [];
  const keys: string[] = [];
  const text = segments.join('.');
  /** Where each segment begins, and one more. */
  const starts = [0];
  for (const segment of segments) starts.push((starts.at(-1) ?? 0) + segment.length + 1);
  /** Places from which the rest cannot be aligned: without them, items of many dots would take forever. */
  const deadEnds = new Set<number>();

  function alignFrom(at: number): void {
    const expected = template[keys.length];
    if (expected === undefined) {
      if (at === segments.length) found.push([...keys]);
      return;
    }
    const place = at * template.length + keys.length;
    const spare = segments.length - at - (template.length - keys.length);
    if (spare < 0 || deadEnds.has(place)) return;
    const foundBefore = found.length;
    for (let length = expected === 'placeholder' ? spare + 1 : 1; length >= 1; length -= 1) {
      if (found.length === MAX_ALIGNMENTS) return;
      const key = text.slice(starts[at], (starts[at + length] ?? 0) - 1);
      if (fits(key, expected)) {
        keys.push(key);
        alignFrom(at + length);
        keys.pop();
      }
    }
    if (found.length === foundBefore) deadEnds.add(place);
  }

  alignFrom(0);
  return found;
}

/** Nearly every item: no key contains a dot, and each segment is one. */
function inStep(segments: readonly string[], template: readonly TemplateSegment[]): string[][] {
  const fit =
    segments.length === template.length &&
    segments.every((segment, index) => fits(segment, template[index] as TemplateSegment));
  return fit ? [[...segments]] : [];
}

/** ScoutSuite walks a list by index whatever the template says at that place. */
export function fits(key: string, expected: TemplateSegment): boolean {
  return expected === 'placeholder' || key === expected.literal || LIST_INDEX.test(key);
}

/** How far an item's text leads into a value. */
export interface Walk {
  /** The keys that were found, as they stand in the stable path. */
  stableKeys: readonly string[];
  /** The text for which nothing was found. */
  leftover: string;
}

/**
 * Follows a text of keys joined by dots into a value. At an object every key that the text begins with is tried,
 * the longest first, and given up again when it leads nowhere. Gives the first walk that leaves nothing unexpected,
 * else the one that leaves the least.
 */
export function walk(value: unknown, text: string, isExpected: (leftover: string) => boolean): Walk {
  const stableKeys: string[] = [];
  let at = value;
  let rest = text;
  let keys = keysInto(at, rest);
  // Nearly always there is one way only.
  while (keys.length === 1) {
    const key = keys[0] as string;
    stableKeys.push(stableKeyIn(at, key));
    at = memberAt(at, key);
    rest = rest.slice(key.length + 1);
    keys = keysInto(at, rest);
  }
  if (keys.length === 0) return { stableKeys, leftover: rest };
  const below = bestWalk(at, keys, rest, isExpected);
  return { stableKeys: [...stableKeys, ...below.stableKeys], leftover: below.leftover };
}

function bestWalk(
  value: unknown,
  keys: readonly string[],
  text: string,
  isExpected: (leftover: string) => boolean,
): Walk {
  let best: Walk = { stableKeys: [], leftover: text };
  for (const key of keys) {
    const deeper = walk(memberAt(value, key), text.slice(key.length + 1), isExpected);
    const found = { stableKeys: [stableKeyIn(value, key), ...deeper.stableKeys], leftover: deeper.leftover };
    if (isExpected(found.leftover)) return found;
    if (found.leftover.length < best.leftover.length) best = found;
  }
  return best;
}

/** The keys of the value that the text begins with, the longest first. */
function keysInto(value: unknown, text: string): readonly string[] {
  if (text === '') return [];
  if (Array.isArray(value)) {
    const dot = text.indexOf('.');
    const index = dot < 0 ? text : text.slice(0, dot);
    return LIST_INDEX.test(index) && Number(index) < value.length ? [index] : [];
  }
  if (!isObject(value)) return [];
  const keys = Object.keys(value);
  const found =
    keys.length > MANY_KEYS
      ? beginnings(text).filter((key) => Object.hasOwn(value, key))
      : keys.filter((key) => beginsWith(text, key));
  return found.length > 1 ? found.toSorted((one, other) => other.length - one.length) : found;
}

function memberAt(value: unknown, key: string): unknown {
  return Array.isArray(value) ? (value[Number(key)] as unknown) : objectOf(value)[key];
}

function stableKeyIn(value: unknown, key: string): string {
  return Array.isArray(value) ? stableElement(value, Number(key)) : stableKey(key);
}

function beginsWith(text: string, key: string): boolean {
  return text.startsWith(key) && (text.length === key.length || text[key.length] === '.');
}

/** `a.b.c`, `a.b` and `a`. */
function beginnings(text: string): string[] {
  const found: string[] = [];
  for (let end = text.length; end > 0; end = text.lastIndexOf('.', end - 1)) found.push(text.slice(0, end));
  return found;
}
