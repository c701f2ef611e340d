import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { FormEvent } from 'react';
import { printable } from '../../../../../src/text/printable.ts';
import { Button } from '../../../components/button.tsx';
import { Plain } from '../../../components/text.tsx';
import { bucketsQuery } from '../shared/queries.ts';
import type { ResultsFilter } from './search.ts';

interface Props {
  filter: ResultsFilter;
  onChange: (filter: ResultsFilter) => void;
}

export function ResultFilters({ filter, onChange }: Props) {
  const { data } = useQuery(bucketsQuery);
  const buckets = data?.buckets ?? [];
  const change = (part: ResultsFilter): void => onChange({ ...filter, ...part });
  return (
    <section className="filter-bar" aria-label="Search and filters">
      <KeyForm key={filter.key} chosen={filter.key} onChange={(key) => change({ key })} />
      <Choice
        label="Detector"
        values={buckets.flatMap(({ detectors }) => Object.keys(detectors))}
        chosen={filter.detector}
        onChange={(detector) => change({ detector })}
      />
      <Choice
        label="Bucket"
        values={buckets.map(({ bucket }) => bucket)}
        chosen={filter.bucket}
        onChange={(bucket) => change({ bucket })}
      />
      {filter.job !== undefined && (
        <button type="button" className="chip" onClick={() => change({ job: undefined })}>
          <span className="muted">job</span> <Plain>{filter.job}</Plain>
          <span aria-hidden="true"> ✕</span>
          <span className="visually-hidden"> (remove)</span>
        </button>
      )}
    </section>
  );
}

/** Made anew when the address has another key. */
function KeyForm({
  chosen = '',
  onChange,
}: {
  chosen: string | undefined;
  onChange: (key: string | undefined) => void;
}) {
  const [text, setText] = useState(chosen);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    onChange(text === '' ? undefined : text);
  };
  return (
    <form role="search" className="key-form" onSubmit={submit}>
      <label className="visually-hidden" htmlFor="key-search">
        A key, or what keys begin with
      </label>
      <input
        id="key-search"
        type="search"
        placeholder="Keys that begin with"
        maxLength={1024}
        value={text}
        onChange={({ target }) => setText(target.value)}
      />
      <Button type="submit">Search</Button>
    </form>
  );
}

function Choice({
  label,
  values,
  chosen,
  onChange,
}: {
  label: string;
  values: readonly string[];
  chosen: string | undefined;
  onChange: (value: string | undefined) => void;
}) {
  // What the address names stays to be seen, also where nothing was found.
  const choices = [...new Set([...values, ...(chosen === undefined ? [] : [chosen])])].toSorted();
  return (
    <label className="inline-field">
      {label}
      <select
        value={chosen ?? ''}
        onChange={({ target: { value } }) => onChange(value === '' ? undefined : value)}
      >
        <option value="">All</option>
        {choices.map((value) => (
          <option key={value} value={value}>
            {printable(value)}
          </option>
        ))}
      </select>
    </label>
  );
}
