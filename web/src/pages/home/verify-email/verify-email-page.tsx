import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import type { ConfirmEmailRequest } from '../../../../../src/api/schemas/people.ts';
import { request } from '../../../api/client.ts';
import { useChange } from '../../../api/use-change.ts';
import { sessionQuery } from '../../../app/session.ts';
import { ProblemView } from '../../../components/problem.tsx';
import { Skeleton } from '../../../components/states.tsx';
import { useCodeInAddress } from '../shared/code-in-address.ts';
import '../shared/sign-in.css';

/** Confirms the address of who is signed in in this browser, by the code of a link. */
export function VerifyEmailPage() {
  const session = useQuery(sessionQuery);
  const [code, setCode] = useState<string | null>(null);
  const { mutate, ...confirm } = useChange({
    send: (body: ConfirmEmailRequest) => request<void>('/me/email/confirm', { method: 'POST', body }),
    refreshes: ['session'],
  });
  useCodeInAddress(setCode);
  useEffect(() => {
    document.title = 'Confirm your address · vedette';
  }, []);
  const isSignedIn = session.isSuccess;
  useEffect(() => {
    if (isSignedIn && code !== null) mutate({ code });
  }, [isSignedIn, code, mutate]);
  return (
    <main className="sign-in">
      <img src="/favicon.svg" alt="" width="40" height="40" />
      <h1>{confirm.isSuccess ? 'Your address is confirmed' : 'Confirm your address'}</h1>
      {confirm.isSuccess && (
        <p>
          <Link to="/settings/account">Go on to your account</Link>
        </p>
      )}
      {confirm.error !== null && <ProblemView error={confirm.error} />}
      {(session.isPending || confirm.isPending) && <Skeleton />}
      {session.isError && (
        <p>
          <Link to="/sign-in">Sign in</Link> in this browser, then open the link once more.
        </p>
      )}
      {isSignedIn && code === null && confirm.isIdle && (
        <p>Open the whole link of the letter: what stands behind the # is missing.</p>
      )}
    </main>
  );
}
