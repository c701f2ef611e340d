import { chooseTheme, theme, THEMES } from '../../../app/theme.ts';
import { Section } from '../../../components/page.tsx';
import { titleCase } from '../../../lib/format.ts';
import { useObservable } from '../../../lib/observable.ts';
import './appearance.css';

export function Appearance() {
  const chosen = useObservable(theme);
  return (
    <Section title="Theme">
      <fieldset className="choices">
        <legend className="visually-hidden">Theme</legend>
        {THEMES.map((name) => (
          <label key={name} className="checkbox">
            <input type="radio" name="theme" checked={name === chosen} onChange={() => chooseTheme(name)} />
            <span>{name === 'system' ? 'As the system has it' : titleCase(name)}</span>
          </label>
        ))}
      </fieldset>
      <p className="muted">Kept in this browser only.</p>
    </Section>
  );
}
