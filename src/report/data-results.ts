import type { DataFinding } from '../model/object-ledger.ts';
import { csvRows } from '../text/csv.ts';
import { jsonText } from '../text/json.ts';

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
export function resultsFile(format: 'csv' | 'jsonl', findings: AsyncIterable<DataFinding>, now: Date) {
  const name = `sensitive-data-${now.toISOString().slice(0, 10)}.${format}`;
  return format === 'csv'
    ? { name, type: 'text/csv; charset=utf-8', rows: csvRows(COLUMNS, cells(findings)) }
    : { name, type: 'application/jsonl; charset=utf-8', rows: lines(findings) };
}

async function* cells(findings: AsyncIterable<DataFinding>) {
  for await (const finding of findings) yield COLUMNS.map((column) => finding[column]);
}

async function* lines(findings: AsyncIterable<DataFinding>): AsyncGenerator<string> {
  for await (const finding of findings) yield `${jsonText(finding)}\n`;
}
