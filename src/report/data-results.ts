import type { DataFinding } from '../model/object-ledger.ts';
import type { RecordFormat } from '../model/record-format.ts';
import { recordFile } from './record-file.ts';

const COLUMNS = [
  'id',
  'job_id',
  'bucket',
  'key',
  'member',
  'detector',
  'byte_offset',
  'length',
  'masked_match',
  'context',
  'etag',
  'created_at',
] as const;

/** Findings in buckets as a file: CSV for spreadsheets, or JSON lines as the API gives them. */
export function resultsFile(format: RecordFormat, records: AsyncIterable<DataFinding>, now: Date) {
  const columns = COLUMNS.map((name) => ({ header: name, value: (finding: DataFinding) => finding[name] }));
  return recordFile(format, 'sensitive-data', { records, columns }, now);
}
