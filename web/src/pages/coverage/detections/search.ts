import { choiceIn } from '../../../lib/search-params.ts';
import type { RawSearch } from '../../../lib/search-params.ts';

export const HEALTHS = ['healthy', 'broken', 'unknown'] as const;

export interface DetectionsSearch {
  health?: (typeof HEALTHS)[number] | undefined;
}

export function readDetections(search: RawSearch): DetectionsSearch {
  return { health: choiceIn(search, 'health', HEALTHS) };
}
