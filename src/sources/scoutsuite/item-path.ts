import { isObject } from './json-value.ts';
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
      const key = length === 1 ? (segments[at] as string) : segments.slice(at, at + length).join('.');
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
  let best: Walk = { stableKeys: [], leftover: text };
  for (const step of stepsInto(value, text)) {
    const deeper = walk(step.value, step.rest, isExpected);
    const found = { stableKeys: [step.stableKey, ...deeper.stableKeys], leftover: deeper.leftover };
    if (isExpected(found.leftover)) return found;
    if (found.leftover.length < best.leftover.length) best = found;
  }
  return best;
}

interface Step {
  stableKey: string;
  value: unknown;
  rest: string;
}

function stepsInto(value: unknown, text: string): Step[] {
  if (text === '') return [];
  return Array.isArray(value) ? stepsIntoList(value, text) : stepsIntoObject(value, text);
}

function stepsIntoList(list: readonly unknown[], text: string): Step[] {
  const index = text.split('.', 1)[0] ?? '';
  if (!LIST_INDEX.test(index) || Number(index) >= list.length) return [];
  const key = stableElement(list, Number(index));
  return [{ stableKey: key, value: list[Number(index)], rest: text.slice(index.length + 1) }];
}

function stepsIntoObject(object: unknown, text: string): Step[] {
  if (!isObject(object)) return [];
  const keys = Object.keys(object);
  const found =
    keys.length > MANY_KEYS
      ? beginnings(text).filter((key) => Object.hasOwn(object, key))
      : keys.filter((key) => beginsWith(text, key));
  if (found.length > 1) found.sort((one, other) => other.length - one.length);
  return found.map((key) => ({
    stableKey: stableKey(key),
    value: object[key],
    rest: text.slice(key.length + 1),
  }));
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
