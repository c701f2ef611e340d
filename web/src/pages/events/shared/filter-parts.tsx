import { Button } from '../../../components/button.tsx';
import { filterParts } from './event-filter.ts';
import type { EventFilter } from './event-filter.ts';
import { FilterValue } from './filter-value.tsx';

/** `resolvedSince` as `resolved since`. */
function filterName(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

interface Props {
  filter: EventFilter;
  onRemove: (part: { name: keyof EventFilter; value: string }) => void;
  onClear: () => void;
}

/** What is set, to be taken away one by one or all at once. */
export function FilterParts({ filter, onRemove, onClear }: Props) {
  const parts = filterParts(filter);
  if (parts.length === 0) return null;
  return (
    <ul className="filter-parts" aria-label="Filters that are set">
      {parts.map(({ name, value }) => (
        <li key={`${name} ${value}`}>
          <button type="button" className="chip" onClick={() => onRemove({ name, value })}>
            <span className="muted">{filterName(name)}</span> <FilterValue name={name} value={value} />
            <span aria-hidden="true"> ✕</span>
            <span className="visually-hidden"> (remove)</span>
          </button>
        </li>
      ))}
      <li>
        <Button look="quiet" onClick={onClear}>
          Clear all
        </Button>
      </li>
    </ul>
  );
}
