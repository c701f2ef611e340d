import { createHash } from 'node:crypto';
import { isObject, memberOf, textOf } from './json-value.ts';

/** Members that tell the elements of AWS lists apart, in this order. */
const IDENTIFYING_MEMBERS = ['CIDR', 'GroupId', 'AccessKeyId', 'Key', 'Sid'];
const DIGEST_LENGTH = 12;
const HASHED_KEY = /^(?:scoutid-)?([0-9a-f]{40})$/;
const HASH_LENGTH = 40;
const NOT_ASCII = /[\u007f-\uffff]/g;

/** ScoutSuite replaces names that may contain dots by their SHA-1; since 5.14 it marks them. */
export function isHashedKey(key: string): boolean {
  return HASHED_KEY.test(key);
}

/** The key without the mark that only newer versions of ScoutSuite write. */
export function stableKey(key: string): string {
  return key.length < HASH_LENGTH ? key : (HASHED_KEY.exec(key)?.[1] ?? key);
}

/** Text for which there is no tree: only the marks of hashed keys can be dropped. */
export function stableText(text: string): string {
  return text.split('.').map(stableKey).join('.');
}

const labelsOfList = new WeakMap<readonly unknown[], readonly string[]>();

/**
 * Names an element of a list by its content, so that its neighbours may come and go: `[0.0.0.0/0]`. Elements of
 * equal name are numbered: `[0.0.0.0/0]#2`.
 */
export function stableElement(list: readonly unknown[], index: number): string {
  let labels = labelsOfList.get(list);
  if (labels === undefined) {
    labels = distinctLabels(list);
    labelsOfList.set(list, labels);
  }
  return labels[index] ?? String(index);
}

function distinctLabels(list: readonly unknown[]): string[] {
  const seen = new Map<string, number>();
  return list.map((element) => {
    const label = `[${contentLabel(element)}]`;
    const count = (seen.get(label) ?? 0) + 1;
    seen.set(label, count);
    return count === 1 ? label : `${label}#${count}`;
  });
}

function contentLabel(element: unknown): string {
  for (const name of IDENTIFYING_MEMBERS) {
    const text = textOf(memberOf(element, name));
    if (text !== null) return text;
  }
  return createHash('sha1').update(canonicalJson(element)).digest('hex').slice(0, DIGEST_LENGTH);
}

/** As Python's `json.dumps(value, sort_keys=True)` writes it: sorted keys, `", "` and `": "`, ASCII only. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(', ')}]`;
  if (!isObject(value)) return asciiJson(value);
  const members = Object.keys(value)
    .toSorted()
    .map((key) => `${asciiJson(key)}: ${canonicalJson(value[key])}`);
  return `{${members.join(', ')}}`;
}

function asciiJson(value: unknown): string {
  return JSON.stringify(value).replace(NOT_ASCII, escaped);
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
