import { LEVELS } from '../../../../../src/model/level.ts';
import type { Level } from '../../../../../src/model/level.ts';
import { choiceIn, choicesIn, textIn } from '../../../lib/search-params.ts';
import type { RawSearch } from '../../../lib/search-params.ts';

/** Of the scan's findings. */
export interface ScanSearch {
  flagged?: 'true' | 'false' | undefined;
  level?: Level[] | undefined;
  cursor?: string | undefined;
}

export function readScan(search: RawSearch): ScanSearch {
  return {
    flagged: choiceIn(search, 'flagged', ['true', 'false']),
    level: choicesIn(search, 'level', LEVELS),
    cursor: textIn(search, 'cursor'),
  };
}
