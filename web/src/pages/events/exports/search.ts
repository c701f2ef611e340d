import { choiceIn } from '../../../lib/search-params.ts';
import type { RawSearch } from '../../../lib/search-params.ts';
import { EXPORT_FORMATS, readEventFilter } from '../shared/event-filter.ts';
import type { EventFilter, ExportFormat } from '../shared/event-filter.ts';

export interface ExportsSearch extends EventFilter {
  format?: ExportFormat | undefined;
}

export function readExports(search: RawSearch): ExportsSearch {
  return { ...readEventFilter(search), format: choiceIn(search, 'format', EXPORT_FORMATS) };
}
