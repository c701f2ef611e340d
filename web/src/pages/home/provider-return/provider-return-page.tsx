import { useQueryClient } from '@tanstack/react-query';
import { Link, useRouter } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import type { FormEvent } from 'react';
import type {
  FactorSignInRequest,
  ReturnedFromProvider,
  SignedInByProvider,
} from '../../../../../src/api/schemas/sign-in.ts';
import { isAskedForCode, request } from '../../../api/client.ts';
import { useChange } from '../../../api/use-change.ts';
import { sessionQuery } from '../../../app/session.ts';
import { Button } from '../../../components/button.tsx';
import { OneTimeCodeField } from '../../../components/one-time-code-field.tsx';
import { ProblemNote, ProblemView } from '../../../components/problem.tsx';
import { Skeleton } from '../../../components/states.tsx';
import { returnPath } from '../../../lib/links.ts';
import { keepInvitation, keptInvitation } from '../shared/kept-invitation.ts';
import { useAnswerInAddress } from './answer-in-address.ts';
import '../shared/sign-in.css';

/** What a provider leads back to: signs in, accepts the invitation that it was about, or links, as the state says. */
export function ProviderReturnPage() {
  const client = useQueryClient();
  const router = useRouter();
  const send = useChange({
    send: async (answer: ReturnedFromProvider): Promise<string> => {
      const [purpose] = answer.state.split('.');
      if (purpose === 'link') {
        // It holds what shows that the request comes from this page.
        await client.ensureQueryData(sessionQuery);
        await request<void>('/me/identities', { method: 'POST', body: answer });
        return '/settings/account';
      }
      const invitation = purpose === 'invitation' ? keptInvitation() : undefined;
      if (invitation === undefined) keepInvitation(null);
      const body = { ...answer, ...(invitation === undefined ? {} : { invitation }) };
      const { returnTo } = await request<SignedInByProvider>('/sign-in/return', { method: 'POST', body });
      return returnTo;
    },
    refreshes: [],
    onDone: (path) => leave(path),
  });
  useAnswerInAddress(send.mutate);
  useEffect(() => {
    document.title = 'Sign in · vedette';
  }, []);

  function leave(path: string): void {
    keepInvitation(null);
    client.clear();
    router.history.replace(returnPath(path));
  }
  const isAsked = send.error !== null && isAskedForCode(send.error);
  return (
    <main className="sign-in">
      <img src="/favicon.svg" alt="" width="40" height="40" />
      <h1>{isAsked ? 'Your second factor' : 'Signing in'}</h1>
      {send.isPending && <Skeleton />}
      {isAsked && <FactorForm onDone={leave} />}
      {send.error !== null && !isAsked && <ProblemView error={send.error} />}
      {send.isIdle && <p>There is nothing to go on with here.</p>}
      {(send.isIdle || send.isError) && (
        <p>
          <Link to="/sign-in">To the page to sign in</Link>
        </p>
      )}
    </main>
  );
}

function FactorForm({ onDone }: { onDone: (path: string) => void }) {
  const [otp, setOtp] = useState('');
  const finish = useChange({
    send: (body: FactorSignInRequest) =>
      request<SignedInByProvider>('/sign-in/factor', { method: 'POST', body }),
    refreshes: [],
    onDone: ({ returnTo }) => onDone(returnTo),
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const invitation = keptInvitation();
    finish.mutate({ otp, ...(invitation === undefined ? {} : { invitation }) });
  };
  return (
    <form onSubmit={submit}>
      <OneTimeCodeField value={otp} onChange={setOtp} takesFocus />
      {finish.error !== null && <ProblemNote error={finish.error} />}
      <Button type="submit" look="primary" pending={finish.isPending}>
        {finish.isPending ? 'Signing in…' : 'Sign in'}
      </Button>
    </form>
  );
}
