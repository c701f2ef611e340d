import { textIn } from '../../../lib/search-params.ts';
import type { RawSearch } from '../../../lib/search-params.ts';

/** What the results are narrowed to; `key` is one, or what keys begin with. */
export interface ResultsFilter {
  detector?: string | undefined;
  bucket?: string | undefined;
  key?: string | undefined;
  /** The job that found them first. */
  job?: string | undefined;
}

export interface ResultsSearch extends ResultsFilter {
  cursor?: string | undefined;
}

export function readResults(search: RawSearch): ResultsSearch {
  const { key } = search;
  return {
    detector: textIn(search, 'detector'),
    bucket: textIn(search, 'bucket'),
    // Keys may begin or end with spaces.
    key: typeof key === 'string' && key !== '' ? key : undefined,
    job: textIn(search, 'job'),
    cursor: textIn(search, 'cursor'),
  };
}
