import { choiceIn, idIn, textIn } from '../../../lib/search-params.ts';
import type { RawSearch } from '../../../lib/search-params.ts';

export const DEPTHS = ['quick', 'standard', 'deep'] as const;
/** What a check says somewhere, or that no scan has asked it. */
export const SAYS = ['fail', 'unknown', 'pass', 'not-asked'] as const;

export interface CatalogueSearch {
  /** What the id or the title holds. */
  find?: string | undefined;
  service?: string | undefined;
  depth?: (typeof DEPTHS)[number] | undefined;
  framework?: string | undefined;
  says?: (typeof SAYS)[number] | undefined;
  sort?: string | undefined;
  /** From 1. */
  page?: number | undefined;
}

export function readCatalogue(search: RawSearch): CatalogueSearch {
  return {
    find: textIn(search, 'find'),
    service: textIn(search, 'service'),
    depth: choiceIn(search, 'depth', DEPTHS),
    framework: textIn(search, 'framework'),
    says: choiceIn(search, 'says', SAYS),
    sort: textIn(search, 'sort'),
    page: idIn(search, 'page'),
  };
}
