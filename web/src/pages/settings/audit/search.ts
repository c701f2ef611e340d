import { textIn } from '../../../lib/search-params.ts';
import type { RawSearch } from '../../../lib/search-params.ts';

export interface AuditSearch {
  cursor?: string | undefined;
}

export function readAudit(search: RawSearch): AuditSearch {
  return { cursor: textIn(search, 'cursor') };
}
