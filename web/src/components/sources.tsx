import { useQuery } from '@tanstack/react-query';
import type { Server } from '../../../src/api/schemas/server.ts';
import { read } from '../api/read.ts';
import { Field } from './field.tsx';
import { Plain } from './text.tsx';

type Source = Server['sources'][number];

export const serverQuery = { ...read<Server>('server', '/server'), staleTime: Infinity };

/** What this installation scans with. */
export function useSources(): readonly Source[] {
  return useQuery(serverQuery).data?.sources ?? [];
}

/** Whether it has to be told which source is meant. */
export function useSeveralSources(): boolean {
  return useSources().length > 1;
}

/** The titles of sources, whose ids are comma-separated; the id of one that this installation no longer knows. */
export function useSourceTitle(): (ids: string) => string {
  const sources = useSources();
  const titleOf = (id: string) => sources.find((source) => source.id === id)?.title ?? id;
  return (ids) => ids.split(',').map(titleOf).join(', ');
}

export function SourceName({ id }: { id: string | null }) {
  const titleOf = useSourceTitle();
  return id === null ? <>–</> : <Plain>{titleOf(id)}</Plain>;
}

interface ChoiceProps {
  /** An id; empty for the one that the server takes when none is named. */
  value: string;
  onChange: (id: string) => void;
}

/** What to scan with; nothing where there is no choice. */
export function SourceChoice({ value, onChange }: ChoiceProps) {
  const sources = useSources();
  const titleOf = useSourceTitle();
  if (!useSeveralSources()) return null;
  const ids = new Set([...sources.map(({ id }) => id), ...(value === '' ? [] : [value])]);
  return (
    <Field label="Source">
      {(control) => (
        <select
          {...control}
          value={value === '' ? sources[0]?.id : value}
          onChange={({ target }) => onChange(target.value)}
        >
          {[...ids].map((id) => (
            <option key={id} value={id}>
              {titleOf(id)}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
