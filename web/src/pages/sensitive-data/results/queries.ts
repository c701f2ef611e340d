import type { Results } from '../../../../../src/api/schemas/s3.ts';
import { readList } from '../../../api/read.ts';
import { stringifySearch } from '../../../lib/search-params.ts';
import type { ResultsFilter, ResultsSearch } from './search.ts';

const PAGE_SIZE = 50;

function asked({ job, ...filter }: ResultsFilter) {
  return { ...filter, job_id: job };
}

export const resultsQuery = ({ cursor, ...filter }: ResultsSearch) =>
  readList<Results>('data-jobs', '/s3/results', { ...asked(filter), cursor, limit: PAGE_SIZE });

/** Of all results that the filters leave, as a file. */
export function exportAddress(format: 'csv' | 'jsonl', filter: ResultsFilter): string {
  return `/api/v1/s3/results/export${stringifySearch({ format, ...asked(filter) })}`;
}
