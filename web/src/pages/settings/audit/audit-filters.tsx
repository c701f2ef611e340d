import { useState } from 'react';
import type { FormEvent } from 'react';
import { AUDIT_OUTCOMES } from '../../../../../src/model/audit.ts';
import type { AuditFilter, AuditOutcome } from '../../../../../src/model/audit.ts';
import { Button } from '../../../components/button.tsx';
import { Field } from '../../../components/field.tsx';
import './audit-filters.css';

interface Props {
  filter: AuditFilter;
  onChange: (filter: AuditFilter) => void;
}

const TEXTS = [
  ['actor', 'Who'],
  ['action', 'What'],
  ['target', 'Of what'],
] as const;

/** Made anew when the address has other filters. */
export function AuditFilters({ filter, onChange }: Props) {
  const [draft, setDraft] = useState(filter);
  const change = (part: AuditFilter): void => setDraft({ ...draft, ...part });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    onChange(draft);
  };
  return (
    <form role="search" className="audit-filters" aria-label="Filter the audit log" onSubmit={submit}>
      {TEXTS.map(([name, label]) => (
        <Field key={name} label={label}>
          {(control) => (
            <input
              {...control}
              type="search"
              maxLength={255}
              value={draft[name] ?? ''}
              onChange={({ target }) => change({ [name]: target.value })}
            />
          )}
        </Field>
      ))}
      <Field label="Since">
        {(control) => (
          <input
            {...control}
            type="date"
            value={draft.since?.slice(0, 10) ?? ''}
            onChange={({ target }) => change({ since: dayOf(target.value) })}
          />
        )}
      </Field>
      <Field label="Outcome">
        {(control) => (
          <select
            {...control}
            value={draft.outcome ?? ''}
            onChange={({ target }) => change({ outcome: outcomeOf(target.value) })}
          >
            <option value="">Any</option>
            {AUDIT_OUTCOMES.map((outcome) => (
              <option key={outcome} value={outcome}>
                {outcome}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Button type="submit">Filter</Button>
    </form>
  );
}

/** The beginning of a day in UTC. */
function dayOf(value: string): string | undefined {
  return value === '' ? undefined : `${value}T00:00:00.000Z`;
}

function outcomeOf(value: string): AuditOutcome | undefined {
  return AUDIT_OUTCOMES.find((outcome) => outcome === value);
}
