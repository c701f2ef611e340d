import { useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link, useRouter } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import type { FormEvent } from 'react';
import type { SignInRequest } from '../../../../../src/api/schemas/access.ts';
import { isAskedForCode, request } from '../../../api/client.ts';
import { useChange } from '../../../api/use-change.ts';
import { Button } from '../../../components/button.tsx';
import { Field } from '../../../components/field.tsx';
import { OneTimeCodeField } from '../../../components/one-time-code-field.tsx';
import { ProblemNote } from '../../../components/problem.tsx';
import { returnPath } from '../../../lib/links.ts';
import { useCodeInAddress } from '../shared/code-in-address.ts';
import { ProviderButtons } from '../shared/provider-buttons.tsx';
import { PasskeyButton } from './passkey-button.tsx';
import '../shared/sign-in.css';

const route = getRouteApi('/sign-in');

/** A one-time code in the address's fragment signs in by itself; otherwise address and password do, or a token. */
export function SignInPage() {
  const { returnTo } = route.useSearch();
  const client = useQueryClient();
  const router = useRouter();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [otp, setOtp] = useState<string | null>(null);
  const [token, setToken] = useState('');
  const signIn = useChange({
    send: (body: SignInRequest) => request<unknown>('/session', { method: 'POST', body }),
    refreshes: [],
    onDone: () => enter(returnTo),
  });
  function enter(path: string | undefined): void {
    client.clear();
    router.history.push(returnPath(path));
  }
  useCodeInAddress((code) => signIn.mutate({ code }));

  useEffect(() => {
    document.title = 'Sign in · vedette';
  }, []);
  const submit =
    (body: SignInRequest) =>
    (event: FormEvent): void => {
      event.preventDefault();
      signIn.mutate(body, { onError: (error) => isAskedForCode(error) && setOtp('') });
    };
  // Of two forms the one that was used tells what went wrong; the code of a link stands with the first.
  const failed = (form: 'password' | 'token') =>
    signIn.error !== null &&
    !isAskedForCode(signIn.error) &&
    'token' in (signIn.variables ?? {}) === (form === 'token') ? (
      <ProblemNote error={signIn.error} />
    ) : null;
  const label = signIn.isPending ? 'Signing in…' : 'Sign in';
  return (
    <main className="sign-in">
      <img src="/favicon.svg" alt="" width="40" height="40" />
      <h1>Sign in to vedette</h1>
      <form onSubmit={submit({ email: email.trim(), password, ...(otp === null ? {} : { otp }) })}>
        <Field label="E-mail">
          {(control) => (
            <input
              {...control}
              type="email"
              autoComplete="username"
              required
              value={email}
              onChange={({ target }) => {
                setEmail(target.value);
                setOtp(null);
              }}
            />
          )}
        </Field>
        <Field label="Password">
          {(control) => (
            <input
              {...control}
              type="password"
              autoComplete="current-password"
              required
              value={password}
              onChange={({ target }) => setPassword(target.value)}
            />
          )}
        </Field>
        {otp !== null && <OneTimeCodeField value={otp} onChange={setOtp} takesFocus />}
        {failed('password')}
        <Button type="submit" look="primary" pending={signIn.isPending}>
          {label}
        </Button>
        <p>
          <Link to="/forgot-password">Forgotten your password?</Link>
        </p>
      </form>
      <PasskeyButton returnTo={returnPath(returnTo)} onDone={enter} />
      <ProviderButtons wish={{ returnTo: returnPath(returnTo) }} />
      <p>
        Or open the link that <code>vedette up</code> prints, or a new one: <code>vedette token link</code>.
        It works once.
      </p>
      <form onSubmit={submit({ token: token.trim() })}>
        <Field label="Or paste a token" hint={<code>vedette token create NAME</code>}>
          {(control) => (
            <input
              {...control}
              type="password"
              autoComplete="off"
              spellCheck={false}
              required
              placeholder="vdt_…"
              value={token}
              onChange={({ target }) => setToken(target.value)}
            />
          )}
        </Field>
        {failed('token')}
        <Button type="submit" pending={signIn.isPending}>
          {signIn.isPending ? 'Signing in…' : 'Sign in with the token'}
        </Button>
      </form>
    </main>
  );
}
