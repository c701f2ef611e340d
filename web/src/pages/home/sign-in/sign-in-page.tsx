import { useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useRouter } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import type { FormEvent } from 'react';
import type { SignInRequest } from '../../../../../src/api/schemas/access.ts';
import { request } from '../../../api/client.ts';
import { useChange } from '../../../api/use-change.ts';
import { Button } from '../../../components/button.tsx';
import { Field } from '../../../components/field.tsx';
import { ProblemNote } from '../../../components/problem.tsx';
import { returnPath } from '../../../lib/links.ts';
import './sign-in-page.css';

const route = getRouteApi('/sign-in');

/** A one-time code in the address's fragment signs in by itself; otherwise a token does. */
export function SignInPage() {
  const { returnTo } = route.useSearch();
  const client = useQueryClient();
  const router = useRouter();
  const [token, setToken] = useState('');
  const signIn = useChange({
    send: (body: SignInRequest) => request<unknown>('/session', { method: 'POST', body }),
    refreshes: [],
    onDone: () => {
      client.clear();
      router.history.push(returnPath(returnTo));
    },
  });
  useOneTimeCode((code) => signIn.mutate({ code }));

  useEffect(() => {
    document.title = 'Sign in · vedette';
  }, []);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    signIn.mutate({ token: token.trim() });
  };
  return (
    <main className="sign-in">
      <img src="/favicon.svg" alt="" width="40" height="40" />
      <h1>Sign in to vedette</h1>
      <p>
        Open the link that <code>vedette up</code> prints, or a new one: <code>vedette token link</code>. It
        works once.
      </p>
      <form onSubmit={submit}>
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
        {signIn.error !== null && <ProblemNote error={signIn.error} />}
        <Button type="submit" look="primary" pending={signIn.isPending}>
          {signIn.isPending ? 'Signing in…' : 'Sign in'}
        </Button>
      </form>
    </main>
  );
}

/** Takes the code out of the address, so that neither the history nor a copied address keeps it, and hands it on once. */
function useOneTimeCode(use: (code: string) => void): void {
  const used = useRef(false);
  useEffect(() => {
    const code = new URLSearchParams(location.hash.slice(1)).get('code');
    if (code === null || used.current) return;
    used.current = true;
    history.replaceState(history.state, '', `${location.pathname}${location.search}`);
    use(code);
  });
}
