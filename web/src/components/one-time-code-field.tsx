import { useEffect, useRef } from 'react';
import { Field } from './field.tsx';

interface Props {
  value: string;
  onChange: (value: string) => void;
  /** It appears because it is needed now: what is typed next goes there. */
  takesFocus?: boolean;
  label?: string;
  hint?: string;
}

/** The code of a second factor. */
export function OneTimeCodeField({
  value,
  onChange,
  takesFocus = false,
  label = 'Code of your second factor',
  hint = 'Six digits of your authenticator app, or a recovery code.',
}: Props) {
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (takesFocus) input.current?.focus();
  }, [takesFocus]);
  return (
    <Field label={label} hint={hint}>
      {(control) => (
        <input
          {...control}
          ref={input}
          type="text"
          autoComplete="one-time-code"
          spellCheck={false}
          required
          maxLength={64}
          value={value}
          onChange={({ target }) => onChange(target.value)}
        />
      )}
    </Field>
  );
}
