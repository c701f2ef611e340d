import type { AuditList } from '../../../../../src/api/schemas/access.ts';
import type { AuditFilter } from '../../../../../src/model/audit.ts';
import type { RecordFormat } from '../../../../../src/model/record-format.ts';
import { readList } from '../../../api/read.ts';
import { stringifySearch } from '../../../lib/search-params.ts';
import type { AuditSearch } from './search.ts';

export const auditQuery = (search: AuditSearch) => readList<AuditList>('audit', '/audit', search);

/** Of all entries that the filters leave, as a file. */
export function exportAddress(format: RecordFormat, filter: AuditFilter): string {
  return `/api/v1/audit/export${stringifySearch({ format, ...filter })}`;
}
