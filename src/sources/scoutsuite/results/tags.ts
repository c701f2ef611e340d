import { isObject, memberOf, textOf } from './json-value.ts';

/** As many as AWS lets a resource have. */
const MOST_TAGS = 50;
/** What is called so may be a secret, and is not stored. */
const SECRET = /secret|password|passwd|token|credential|api.?key/i;

/** The tags of a resource: a list of keys and values, or one object; null where it has none. */
export function tagsOf(resource: unknown): Record<string, string> | null {
  const pairs = pairsOf(memberOf(resource, 'tags') ?? memberOf(resource, 'Tags'));
  const tags = pairs.flatMap(([key, value]) =>
    typeof key === 'string' && typeof value === 'string' && key !== '' && !SECRET.test(key)
      ? [[key, value] as const]
      : [],
  );
  return tags.length === 0 ? null : Object.fromEntries(tags.slice(0, MOST_TAGS));
}

function pairsOf(tags: unknown): (readonly [unknown, unknown])[] {
  if (isObject(tags)) return Object.entries(tags);
  if (!Array.isArray(tags)) return [];
  return tags.map((tag: unknown) => [textOf(memberOf(tag, 'Key')), memberOf(tag, 'Value')] as const);
}
