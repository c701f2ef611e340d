import { keptTags } from '../../../model/tags.ts';
import { isObject, memberOf, textOf } from './json-value.ts';

/** The tags of a resource: a list of keys and values, or one object; null where it has none. */
export function tagsOf(resource: unknown): Record<string, string> | null {
  return keptTags(pairsOf(memberOf(resource, 'tags') ?? memberOf(resource, 'Tags'))) ?? null;
}

function pairsOf(tags: unknown): (readonly [unknown, unknown])[] {
  if (isObject(tags)) return Object.entries(tags);
  if (!Array.isArray(tags)) return [];
  return tags.map((tag: unknown) => [textOf(memberOf(tag, 'Key')), memberOf(tag, 'Value')] as const);
}
