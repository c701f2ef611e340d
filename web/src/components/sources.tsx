import { useQuery } from '@tanstack/react-query';
import type { Server } from '../../../src/api/schemas/server.ts';
import { read } from '../api/read.ts';
import { Checkbox } from './field.tsx';
import { Plain } from './text.tsx';

type Source = Server['sources'][number];

export const serverQuery = { ...read<Server>('server', '/server'), staleTime: Infinity };

/** What the events of this installation come from. */
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
  /** Ids; none for the one that the server takes when none is named. */
  values: readonly string[];
  onChange: (ids: readonly string[]) => void;
}

/** What to scan with, one or several; nothing where there is no choice. */
export function SourcesChoice({ values, onChange }: ChoiceProps) {
  const sources = useSources().filter(({ scans }) => scans);
  const titleOf = useSourceTitle();
  if (sources.length < 2) return null;
  const chosen = values.length === 0 ? sources.slice(0, 1).map(({ id }) => id) : values;
  const ids = [...new Set([...sources.map(({ id }) => id), ...values])];
  const toggle = (id: string, on: boolean): void => {
    const next = on ? [...chosen, id] : chosen.filter((other) => other !== id);
    // At least one it has to be.
    if (next.length > 0) onChange(next);
  };
  return (
    <fieldset className="choices">
      <legend>Sources</legend>
      {ids.map((id) => (
        <Checkbox
          key={id}
          label={<Plain>{titleOf(id)}</Plain>}
          checked={chosen.includes(id)}
          onChange={(on) => toggle(id, on)}
        />
      ))}
    </fieldset>
  );
}
