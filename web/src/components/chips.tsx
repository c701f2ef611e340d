import { useId, useState } from 'react';
import { words } from '../lib/words.ts';
import { Button } from './button.tsx';
import { Field } from './field.tsx';
import { Plain } from './text.tsx';

interface Props {
  label: string;
  hint: string;
  values: readonly string[];
  onChange: (values: readonly string[]) => void;
  /** What is known already; others can be typed as well. */
  suggestions: readonly string[];
}

/** Some words, each to be taken away by itself. What is typed is added by Enter, a comma, a space, or leaving the field. */
export function Chips({ label, hint, values, onChange, suggestions }: Props) {
  const [text, setText] = useState('');
  const listId = useId();
  const add = (more: string): void => {
    setText('');
    if (words(more).length > 0) onChange([...new Set([...values, ...words(more)])]);
  };
  const change = (next: string): void => {
    if (/[\s,]$/.test(next) || suggestions.includes(next)) add(next);
    else setText(next);
  };
  return (
    <Field label={label} hint={hint}>
      {(control) => (
        <div className="chips">
          {values.map((value) => (
            <Button
              key={value}
              aria-label={`Remove ${value}`}
              onClick={() => onChange(values.filter((other) => other !== value))}
            >
              <Plain>{value}</Plain> ✕
            </Button>
          ))}
          <input
            {...control}
            list={listId}
            autoComplete="off"
            spellCheck={false}
            value={text}
            onChange={({ target }) => change(target.value)}
            onBlur={() => add(text)}
            onKeyDown={(event) => {
              if (event.key !== 'Enter' || text === '') return;
              event.preventDefault();
              add(text);
            }}
          />
          <datalist id={listId}>
            {suggestions
              .filter((suggestion) => !values.includes(suggestion))
              .map((suggestion) => (
                <option key={suggestion}>{suggestion}</option>
              ))}
          </datalist>
        </div>
      )}
    </Field>
  );
}
