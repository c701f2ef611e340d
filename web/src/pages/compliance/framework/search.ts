import { REQUIREMENT_STATES } from '../../../../../src/model/compliance.ts';
import type { RequirementState } from '../../../../../src/model/compliance.ts';
import { choiceIn, textIn } from '../../../lib/search-params.ts';
import type { RawSearch } from '../../../lib/search-params.ts';

export interface FrameworkSearch {
  state?: RequirementState | undefined;
  /** What the id or the title holds. */
  find?: string | undefined;
  /** The requirement that is open. */
  requirement?: string | undefined;
}

export function readFramework(search: RawSearch): FrameworkSearch {
  return {
    state: choiceIn(search, 'state', REQUIREMENT_STATES),
    find: textIn(search, 'find'),
    requirement: textIn(search, 'requirement'),
  };
}
