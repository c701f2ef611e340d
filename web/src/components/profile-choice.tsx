import { Checkbox } from './field.tsx';
import { Plain } from './text.tsx';

interface Props {
  /** Names of the profiles that can be scanned. */
  profiles: readonly string[];
  chosen: readonly string[] | 'all';
  onChange: (chosen: readonly string[] | 'all') => void;
}

/** All accounts, or some of them. */
export function ProfileChoice({ profiles, chosen, onChange }: Props) {
  const toggle = (profile: string, on: boolean): void => {
    const others = chosen === 'all' ? [] : chosen.filter((name) => name !== profile);
    onChange(on ? [...others, profile] : others);
  };
  return (
    <fieldset className="profile-choice">
      <legend>Accounts</legend>
      <Checkbox
        label={`All profiles of this installation (${profiles.length} now)`}
        checked={chosen === 'all'}
        onChange={(on) => onChange(on ? 'all' : [])}
      />
      {chosen !== 'all' && (
        <div className="profile-list">
          {profiles.map((profile) => (
            <Checkbox
              key={profile}
              label={<Plain>{profile}</Plain>}
              checked={chosen.includes(profile)}
              onChange={(on) => toggle(profile, on)}
            />
          ))}
        </div>
      )}
      {profiles.length === 0 && (
        <p className="hint">
          The AWS configuration where vedette runs has no profile yet: add one to <code>~/.aws/config</code>.
        </p>
      )}
    </fieldset>
  );
}
