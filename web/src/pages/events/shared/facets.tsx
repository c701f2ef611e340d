import type { UseQueryResult } from '@tanstack/react-query';
import { useState } from 'react';
import type { EventFacets } from '../../../../../src/api/schemas/events.ts';
import { LEVELS, isLevel } from '../../../../../src/model/level.ts';
import { LevelShape } from '../../../components/badge.tsx';
import { Button } from '../../../components/button.tsx';
import { useSeveralSources } from '../../../components/sources.tsx';
import { QueryView, Skeleton } from '../../../components/states.tsx';
import { numberText, titleCase } from '../../../lib/format.ts';
import { FACETS, toggled } from './event-filter.ts';
import type { EventFilter, Facet } from './event-filter.ts';
import { FilterValue } from './filter-value.tsx';
import './facets.css';

const SHOWN_AT_FIRST = 6;
/** Longer lists can be searched by typing. */
const MOST_UNSOUGHT = 12;

interface Props {
  query: UseQueryResult<EventFacets>;
  /** Whether a narrow window shows them. */
  open: boolean;
  filter: EventFilter;
  onFilter: (filter: EventFilter) => void;
}

/** What there is to filter by, with how many events each value would bring. */
export function Facets({ query, open, filter, onFilter }: Props) {
  const severalSources = useSeveralSources();
  const useful = FACETS.filter(
    (facet) => facet !== 'source' || severalSources || filter.source !== undefined,
  );
  return (
    <section className="facets" aria-label="Filters" data-open={open || undefined}>
      <div className="facets-body">
        <QueryView query={query} skeleton={<Skeleton rows={16} />}>
          {(facets) =>
            useful.map((facet) => (
              <FacetGroup
                key={facet}
                facet={facet}
                values={inOrder(facet, facets[facet])}
                chosen={filter[facet] ?? []}
                onToggle={(value) => onFilter(toggled(filter, facet, value))}
              />
            ))
          }
        </QueryView>
      </div>
    </section>
  );
}

type Values = EventFacets[Facet];

/** Levels by gravity; all others as they come, the most frequent first. */
function inOrder(facet: Facet, values: Values): Values {
  if (facet !== 'level') return values;
  return LEVELS.flatMap((level) => values.filter(({ value }) => value === level));
}

interface GroupProps {
  facet: Facet;
  values: Values;
  chosen: readonly string[];
  onToggle: (value: string) => void;
}

function FacetGroup({ facet, values, chosen, onToggle }: GroupProps) {
  const [all, setAll] = useState(false);
  const [text, setText] = useState('');
  const missing = chosen.filter((value) => values.every((other) => other.value !== value));
  const rows = [...values, ...missing.map((value) => ({ value, events: 0 }))];
  const sought = text.trim().toLowerCase();
  const found = rows.filter(({ value }) => chosen.includes(value) || value.toLowerCase().includes(sought));
  const shown = all
    ? found
    : found.filter(({ value }, index) => index < SHOWN_AT_FIRST || chosen.includes(value));
  if (rows.length === 0) return null;
  return (
    <fieldset className="facet">
      <legend>{titleCase(facet)}</legend>
      {rows.length > MOST_UNSOUGHT && (
        <input
          type="search"
          className="facet-search"
          aria-label={`Find a ${facet}`}
          placeholder={`Find among ${numberText(rows.length)}`}
          value={text}
          onChange={({ target }) => setText(target.value)}
        />
      )}
      {found.length === 0 && <p className="muted">None has this in its name.</p>}
      {shown.map(({ value, events }) => (
        <label key={value} className="facet-value">
          <input type="checkbox" checked={chosen.includes(value)} onChange={() => onToggle(value)} />
          {isLevel(value) && facet === 'level' && <LevelShape level={value} />}
          <span className="facet-name">
            <FilterValue name={facet} value={value} />
          </span>
          <span className="facet-count">{numberText(events)}</span>
        </label>
      ))}
      {found.length > shown.length && (
        <Button look="quiet" onClick={() => setAll(true)}>
          {found.length - shown.length} more
          <span className="visually-hidden"> of {facet}</span>
        </Button>
      )}
    </fieldset>
  );
}
