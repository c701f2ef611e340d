import { Link } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import type { FormEvent } from 'react';
import type { PasswordSet, SetPasswordRequest } from '../../../../../src/api/schemas/people.ts';
import { request } from '../../../api/client.ts';
import { useChange } from '../../../api/use-change.ts';
import { Button } from '../../../components/button.tsx';
import { Field } from '../../../components/field.tsx';
import { ProblemNote } from '../../../components/problem.tsx';
import { Plain } from '../../../components/text.tsx';
import { useCodeInAddress } from '../shared/code-in-address.ts';
import '../shared/sign-in.css';

/** Chooses a password by the code of a link, which works once. */
export function SetPasswordPage() {
  const [code, setCode] = useState('');
  const [password, setPassword] = useState('');
  const set = useChange({
    send: (body: SetPasswordRequest) => request<PasswordSet>('/password', { method: 'POST', body }),
    refreshes: [],
  });
  useCodeInAddress(setCode);
  useEffect(() => {
    document.title = 'Choose a password · vedette';
  }, []);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    set.mutate({ code, password });
  };
  if (set.data !== undefined) {
    return (
      <main className="sign-in">
        <h1>Your password is set</h1>
        <p>
          <Link to="/sign-in">Sign in</Link> as <Plain>{set.data.email}</Plain>. Browsers that were signed in
          before are signed out.
        </p>
      </main>
    );
  }
  return (
    <main className="sign-in">
      <img src="/favicon.svg" alt="" width="40" height="40" />
      <h1>Choose a password</h1>
      <form onSubmit={submit}>
        <Field
          label="New password"
          hint="At least 15 characters: four or five words that have nothing to do with each other, or what a password manager makes."
        >
          {(control) => (
            <input
              {...control}
              type="password"
              autoComplete="new-password"
              required
              minLength={8}
              value={password}
              onChange={({ target }) => setPassword(target.value)}
            />
          )}
        </Field>
        {set.error !== null && <ProblemNote error={set.error} />}
        <Button type="submit" look="primary" pending={set.isPending}>
          {set.isPending ? 'Setting…' : 'Set the password'}
        </Button>
      </form>
    </main>
  );
}
