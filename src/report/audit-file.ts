import type { AuditEntry } from '../model/audit.ts';
import type { RecordFormat } from '../model/record-format.ts';
import { recordFile } from './record-file.ts';
import type { RecordColumn } from './record-file.ts';

/** In CSV; details as JSON, for each action has its own. */
const COLUMNS: readonly RecordColumn<AuditEntry>[] = [
  { header: 'ID', value: ({ id }) => id },
  { header: 'WHEN', value: ({ at }) => at },
  { header: 'WHO', value: ({ actor }) => actor },
  { header: 'WHAT', value: ({ action }) => action },
  { header: 'OF WHAT', value: ({ target }) => target },
  { header: 'OUTCOME', value: ({ outcome }) => outcome },
  { header: 'BEFORE', value: ({ details }) => jsonOf(details['before']) },
  { header: 'AFTER', value: ({ details }) => jsonOf(details['after']) },
  { header: 'DETAILS', value: ({ details }) => ('before' in details ? '' : JSON.stringify(details)) },
];

/** The audit log as a file. */
export function auditFile(format: RecordFormat, records: AsyncIterable<AuditEntry>, now: Date) {
  return recordFile(format, 'vedette-audit', { records, columns: COLUMNS }, now);
}

function jsonOf(value: unknown): string {
  return value === undefined || value === null ? '' : JSON.stringify(value);
}
