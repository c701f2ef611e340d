import { matches } from '../../iam-policy/document.ts';
import { parseFilter } from './filter-pattern.ts';
import type { Filter, Operator } from './filter-pattern.ts';

/** What a filter has to say of a field. */
export interface Condition {
  field: string;
  operator: Operator;
  value: string;
}

/** Events that an alarm has to hear of. */
export interface AlarmedEvents {
  /** Each of them by the fields that tell it: null for one that is not there. */
  events: readonly Readonly<Record<string, string | null>>[];
  /** All that the filter has to say; more may be there. */
  conditions: readonly Condition[];
}

/** Events by their names, of one service where it is named. */
export function eventsNamed(names: readonly string[], eventSource?: string): AlarmedEvents {
  const source = eventSource === undefined ? {} : { eventSource };
  return {
    events: names.map((eventName) => ({ eventName, ...source })),
    conditions: [
      ...names.map((value): Condition => ({ field: 'eventName', operator: '=', value })),
      ...Object.entries(source).map(([field, value]): Condition => ({ field, operator: '=', value })),
    ],
  };
}

/**
 * Whether a filter lets each of the events through, and says all that it has to. Further alternatives do no harm; further
 * conditions, on other fields, are taken to hold.
 */
export function catchesAll(pattern: string, { events, conditions }: AlarmedEvents): boolean {
  const filter = parseFilter(pattern);
  if (filter === null) return false;
  const said = conditionsOf(filter);
  return (
    conditions.every((wanted) => said.some((one) => says(one, wanted))) &&
    events.every((event) => lets(filter, event))
  );
}

function conditionsOf(filter: Filter): Condition[] {
  if ('field' in filter) return [filter];
  return ('all' in filter ? filter.all : filter.any).flatMap(conditionsOf);
}

function says(one: Condition, wanted: Condition): boolean {
  if (one.field !== wanted.field || one.operator !== wanted.operator) return false;
  return one.operator === '=' ? matches(one.value, wanted.value) : one.value === wanted.value;
}

function lets(filter: Filter, event: Readonly<Record<string, string | null>>): boolean {
  if ('all' in filter) return filter.all.every((part) => lets(part, event));
  if ('any' in filter) return filter.any.some((part) => lets(part, event));
  const { field, operator, value } = filter;
  const found = event[field];
  if (found === undefined || operator === 'other') return true;
  if (operator === 'NOT EXISTS') return found === null;
  const isEqual = found !== null && matches(value, found);
  return operator === '=' ? isEqual : !isEqual;
}
