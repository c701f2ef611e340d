import type { FindingList, ScanWithScope } from '../../../../../src/api/schemas/scans.ts';
import { read, readList } from '../../../api/read.ts';
import type { ScanSearch } from './search.ts';

export const scanQuery = (id: number) => read<ScanWithScope>('scans', `/scans/${id}`);

export const findingsQuery = (query: ScanSearch & { scan: number }) =>
  readList<FindingList>('scans', '/findings', query);
