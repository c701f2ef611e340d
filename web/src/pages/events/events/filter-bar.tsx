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
      <SinceField filter={filter} onFilter={onFilter} />
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
        A part of a resource’s id, name or tags (env=prod), or of a check’s id or title
      </label>
      <input
        id="event-search"
        type="search"
        placeholder="Search resources and checks"
        value={text}
        onChange={({ target }) => setText(target.value)}
      />
      <Button type="submit">Search</Button>
    </form>
  );
}

/** What can have happened since a day. */
const SINCE = {
  since: 'Seen since',
  newSince: 'New since',
  resolvedSince: 'Resolved since',
  reopenedSince: 'Reopened since',
} as const satisfies Partial<Record<keyof EventFilter, string>>;
type Since = keyof typeof SINCE;
const SINCES = Object.keys(SINCE) as Since[];

function SinceField({ filter, onFilter }: Pick<Props, 'filter' | 'onFilter'>) {
  const [chosen, setChosen] = useState<Since>('since');
  const name = SINCES.find((since) => filter[since] !== undefined) ?? chosen;
  const change = (next: Since, day: string): void => {
    setChosen(next);
    onFilter(readEventFilter({ ...filter, [name]: undefined, [next]: day }));
  };
  const day = filter[name]?.slice(0, 10) ?? '';
  return (
    <span className="inline-field">
      <select
        aria-label="What has happened"
        value={name}
        onChange={({ target }) => change(SINCES.find((since) => since === target.value) ?? 'since', day)}
      >
        {SINCES.map((since) => (
          <option key={since} value={since}>
            {SINCE[since]}
          </option>
        ))}
      </select>
      <input
        type="date"
        aria-label={SINCE[name]}
        value={day}
        onChange={({ target }) => change(name, target.value)}
      />
    </span>
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
