import { useState } from 'react';
import type { FormEvent } from 'react';
import { Button } from '../../../components/button.tsx';
import { filterParts, readEventFilter } from '../shared/event-filter.ts';
import type { EventFilter } from '../shared/event-filter.ts';
import { FilterParts } from '../shared/filter-parts.tsx';

type Grouping = 'check' | 'resource' | undefined;

interface Props {
  filter: EventFilter;
  by: Grouping;
  /** Whether a narrow window shows more than the search. */
  open: boolean;
  onOpen: (open: boolean) => void;
  onFilter: (filter: EventFilter) => void;
  onGroup: (by: Grouping) => void;
  onRemove: (part: { name: keyof EventFilter; value: string }) => void;
}

export function FilterBar({ filter, by, open, onOpen, onFilter, onGroup, onRemove }: Props) {
  const set = filterParts(filter).length;
  return (
    <section className="filter-bar" aria-label="Search and filters" data-open={open || undefined}>
      <SearchForm filter={filter} onFilter={onFilter} />
      <button
        type="button"
        className="button filter-toggle"
        aria-expanded={open}
        onClick={() => onOpen(!open)}
      >
        Filters{set > 0 && ` (${set})`}
      </button>
      <SinceField
        since={filter.since}
        onChange={(since) => onFilter(readEventFilter({ ...filter, since }))}
      />
      <GroupChoice by={by} onGroup={onGroup} />
      <FilterParts filter={filter} onRemove={onRemove} onClear={() => onFilter({})} />
    </section>
  );
}

function SearchForm({ filter, onFilter }: Pick<Props, 'filter' | 'onFilter'>) {
  const { search = '' } = filter;
  const [text, setText] = useState(search);
  const [applied, setApplied] = useState(search);
  // The address has changed by other means: back, or a filter taken away.
  if (applied !== search) {
    setApplied(search);
    setText(search);
  }
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    onFilter(readEventFilter({ ...filter, search: text }));
  };
  return (
    <form role="search" className="search-form" onSubmit={submit}>
      <label className="visually-hidden" htmlFor="event-search">
        How a resource’s id or name, or a check, begins
      </label>
      <input
        id="event-search"
        type="search"
        placeholder="Search: how a resource or check begins"
        value={text}
        onChange={({ target }) => setText(target.value)}
      />
      <Button type="submit">Search</Button>
    </form>
  );
}

function SinceField({ since, onChange }: { since: string | undefined; onChange: (since: string) => void }) {
  return (
    <label className="inline-field">
      Seen since
      <input
        type="date"
        value={since?.slice(0, 10) ?? ''}
        onChange={({ target }) => onChange(target.value)}
      />
    </label>
  );
}

function GroupChoice({ by, onGroup }: Pick<Props, 'by' | 'onGroup'>) {
  const choices: readonly (readonly [Grouping, string])[] = [
    [undefined, 'Events'],
    ['check', 'By check'],
    ['resource', 'By resource'],
  ];
  return (
    <div className="segments" role="group" aria-label="Grouping">
      {choices.map(([value, label]) => (
        <button key={label} type="button" aria-pressed={by === value} onClick={() => onGroup(value)}>
          {label}
        </button>
      ))}
    </div>
  );
}
