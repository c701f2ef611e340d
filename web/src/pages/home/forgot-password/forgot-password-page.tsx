import { Link } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import type { FormEvent } from 'react';
import type { PasswordResetRequest } from '../../../../../src/api/schemas/people.ts';
import { request } from '../../../api/client.ts';
import { useChange } from '../../../api/use-change.ts';
import { Button } from '../../../components/button.tsx';
import { Field } from '../../../components/field.tsx';
import { ProblemNote } from '../../../components/problem.tsx';
import { Plain } from '../../../components/text.tsx';
import '../shared/sign-in.css';

/** Asks for a link to a new password. What it says is the same for every address. */
export function ForgotPasswordPage() {
  const [email, setEmail] = useState('');
  const ask = useChange({
    send: (body: PasswordResetRequest) => request<void>('/password/reset', { method: 'POST', body }),
    refreshes: [],
  });
  useEffect(() => {
    document.title = 'Forgotten password · vedette';
  }, []);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    ask.mutate({ email: email.trim() });
  };
  return (
    <main className="sign-in">
      <img src="/favicon.svg" alt="" width="40" height="40" />
      <h1>{ask.isSuccess ? 'Look into your post' : 'Forgotten your password?'}</h1>
      {ask.isSuccess ? (
        <p>
          If somebody signs in as <Plain>{email.trim()}</Plain>, a link to a new password is on its way. It
          works once, within an hour.
        </p>
      ) : (
        <form onSubmit={submit}>
          <Field label="E-mail" hint="A link to a new password is sent there.">
            {(control) => (
              <input
                {...control}
                type="email"
                autoComplete="username"
                required
                value={email}
                onChange={({ target }) => setEmail(target.value)}
              />
            )}
          </Field>
          {ask.error !== null && <ProblemNote error={ask.error} />}
          <Button type="submit" look="primary" pending={ask.isPending}>
            {ask.isPending ? 'Sending…' : 'Send the link'}
          </Button>
        </form>
      )}
      <p>
        <Link to="/sign-in">Back to the page to sign in</Link>
      </p>
    </main>
  );
}
