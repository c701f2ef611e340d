import { EVENT_TIME_FILTERS } from '../../../../../src/model/filters.ts';
import { SourceName } from '../../../components/sources.tsx';
import { Plain } from '../../../components/text.tsx';
import { dayText } from '../../../lib/format.ts';
import type { EventFilter } from './event-filter.ts';

const TIMES: readonly string[] = EVENT_TIME_FILTERS;

/** One value of a filter, in words. */
export function FilterValue({ name, value }: { name: keyof EventFilter; value: string }) {
  if (name === 'source') return <SourceName id={value} />;
  if (TIMES.includes(name)) return <>{dayText(value)}</>;
  // The region of what is global is an empty text.
  return <Plain>{value === '' ? 'global' : value}</Plain>;
}
