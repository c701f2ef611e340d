import { useEffect, useId, useState } from 'react';
import type { KeyboardEvent, ReactNode } from 'react';

/** More are not looked through by eye: one types on. */
const MOST_SHOWN = 40;

export interface Choice {
  id: string;
  label: ReactNode;
  /** At the end of the line: what kind of thing it is. */
  kind?: ReactNode;
  onChoose: () => void;
}

interface Props {
  label: string;
  placeholder: string;
  text: string;
  onText: (text: string) => void;
  choices: readonly Choice[];
  /** In the place of choices when there are none. */
  empty: ReactNode;
}

/** A field that narrows a list below it: arrows go through the list, Enter chooses. */
export function SearchList({ label, placeholder, text, onText, choices, empty }: Props) {
  const id = useId();
  const [current, setCurrent] = useState(0);
  const shown = choices.slice(0, MOST_SHOWN);
  const marked = Math.min(current, Math.max(0, shown.length - 1));
  const optionId = (index: number): string => `${id}-${index}`;
  useEffect(() => {
    document.getElementById(`${id}-${marked}`)?.scrollIntoView({ block: 'nearest' });
  }, [id, marked]);
  const onKey = (event: KeyboardEvent): void => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined && shown.length > 0) {
      event.preventDefault();
      setCurrent((marked + step + shown.length) % shown.length);
    }
    if (event.key === 'Enter') {
      event.preventDefault();
      shown[marked]?.onChoose();
    }
  };
  return (
    <div className="search-list">
      <input
        type="text"
        role="combobox"
        aria-label={label}
        aria-expanded="true"
        aria-controls={id}
        aria-autocomplete="list"
        aria-activedescendant={shown.length === 0 ? undefined : optionId(marked)}
        autoComplete="off"
        spellCheck={false}
        placeholder={placeholder}
        value={text}
        onChange={({ target }) => {
          setCurrent(0);
          onText(target.value);
        }}
        onKeyDown={onKey}
      />
      <div id={id} role="listbox" aria-label={label} className="search-list-choices">
        {shown.map((choice, index) => (
          <Option key={choice.id} id={optionId(index)} marked={index === marked} choice={choice} />
        ))}
      </div>
      <p className="muted search-list-note" role="status">
        {shown.length === 0 && empty}
        {choices.length > shown.length && `${choices.length - shown.length} more: type to narrow the list.`}
      </p>
    </div>
  );
}

function Option({ id, marked, choice }: { id: string; marked: boolean; choice: Choice }) {
  return (
    // The keyboard's focus stays in the field, which names the option that is marked.
    // eslint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
    <div
      id={id}
      role="option"
      aria-selected={marked}
      className="search-list-choice"
      onClick={choice.onChoose}
    >
      <span className="search-list-label">{choice.label}</span>
      {choice.kind !== undefined && <span className="muted">{choice.kind}</span>}
    </div>
  );
}
