import { AUDIT_OUTCOMES } from '../../../../../src/model/audit.ts';
import type { AuditFilter } from '../../../../../src/model/audit.ts';
import { choiceIn, textIn, timeIn } from '../../../lib/search-params.ts';
import type { RawSearch } from '../../../lib/search-params.ts';

export interface AuditSearch extends AuditFilter {
  cursor?: string | undefined;
}

export function readAudit(search: RawSearch): AuditSearch {
  return {
    actor: textIn(search, 'actor'),
    action: textIn(search, 'action'),
    target: textIn(search, 'target'),
    outcome: choiceIn(search, 'outcome', AUDIT_OUTCOMES),
    since: timeIn(search, 'since'),
    until: timeIn(search, 'until'),
    cursor: textIn(search, 'cursor'),
  };
}
