import { useState } from 'react';
import { StatusBadge } from './badge.tsx';
import { Checkbox } from './field.tsx';
import { Plain } from './text.tsx';
import { Time } from './time.tsx';

/** More are found by their name. */
const MOST_SHOWN = 50;

/** What can be scanned. */
export interface Candidate {
  /** By which runs and schedules name it. */
  profile: string;
  health?: string;
  /** ISO 8601; null where it was never scanned. */
  lastScanAt?: string | null;
}

interface Props {
  candidates: readonly Candidate[];
  chosen: readonly string[] | 'all';
  onChange: (chosen: readonly string[] | 'all') => void;
}

/** All accounts, or some of them. */
export function AccountChoice({ candidates, chosen, onChange }: Props) {
  const [text, setText] = useState('');
  const toggle = (profile: string, on: boolean): void => {
    const others = chosen === 'all' ? [] : chosen.filter((name) => name !== profile);
    onChange(on ? [...others, profile] : others);
  };
  const found = candidates.filter(({ profile }) => profile.includes(text.trim()));
  const shown = found.slice(0, MOST_SHOWN);
  return (
    <fieldset className="account-choice">
      <legend>Accounts{chosen !== 'all' && chosen.length > 0 && `: ${chosen.length} chosen`}</legend>
      <Checkbox
        label={`All profiles of this installation (${candidates.length} now)`}
        checked={chosen === 'all'}
        onChange={(on) => onChange(on ? 'all' : [])}
      />
      {chosen !== 'all' && candidates.length > 0 && (
        <>
          <input
            type="search"
            aria-label="Find an account"
            placeholder="Find an account by its name"
            value={text}
            onChange={({ target }) => setText(target.value)}
          />
          <div className="account-list">
            {shown.map((candidate) => (
              <Checkbox
                key={candidate.profile}
                label={<CandidateName candidate={candidate} />}
                checked={chosen.includes(candidate.profile)}
                onChange={(on) => toggle(candidate.profile, on)}
              />
            ))}
            {found.length === 0 && <p className="muted">No account has this in its name.</p>}
            {found.length > shown.length && (
              <p className="muted">{found.length - shown.length} more: type to find them.</p>
            )}
          </div>
        </>
      )}
      {candidates.length === 0 && (
        <p className="hint">
          The AWS configuration where vedette runs has no profile yet: add one to <code>~/.aws/config</code>.
        </p>
      )}
    </fieldset>
  );
}

function CandidateName({ candidate: { profile, health, lastScanAt } }: { candidate: Candidate }) {
  return (
    <span className="candidate">
      <Plain>{profile}</Plain>
      {health !== undefined && <StatusBadge status={health} />}
      {lastScanAt != null && (
        <span className="muted">
          <Time at={lastScanAt} />
        </span>
      )}
    </span>
  );
}
