import type { CollectedItem } from '../../collect/call.ts';
import { keptTags } from '../../model/tags.ts';

/** The tags of an item, as most of AWS's answers have them. */
export function taggedBy(
  tags: readonly { Key?: string | undefined; Value?: string | undefined }[] = [],
): Pick<CollectedItem, 'tags'> {
  const kept = keptTags(tags.map(({ Key, Value }) => [Key, Value]));
  return kept === undefined ? {} : { tags: kept };
}
