import { Field } from '../../../components/field.tsx';

/** One's password of now, before something that matters. */
export function PasswordField({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  return (
    <Field label="Current password">
      {(control) => (
        <input
          {...control}
          type="password"
          autoComplete="current-password"
          required
          value={value}
          onChange={({ target }) => onChange(target.value)}
        />
      )}
    </Field>
  );
}
