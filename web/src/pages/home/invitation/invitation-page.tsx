import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import type { FormEvent } from 'react';
import type { AcceptInvitationRequest, ShownInvitation } from '../../../../../src/api/schemas/people.ts';
import { isAskedForCode, request } from '../../../api/client.ts';
import { useChange } from '../../../api/use-change.ts';
import { Button } from '../../../components/button.tsx';
import { Field } from '../../../components/field.tsx';
import { OneTimeCodeField } from '../../../components/one-time-code-field.tsx';
import { ProblemNote, ProblemView } from '../../../components/problem.tsx';
import { Skeleton } from '../../../components/states.tsx';
import { Plain } from '../../../components/text.tsx';
import { Time } from '../../../components/time.tsx';
import { useCodeInAddress } from '../shared/code-in-address.ts';
import { keepInvitation } from '../shared/kept-invitation.ts';
import { ProviderButtons } from '../shared/provider-buttons.tsx';
import '../shared/sign-in.css';

/** What an invitation's link opens: it is shown first, and accepted by a password. */
export function InvitationPage() {
  const [code, setCode] = useState('');
  const show = useChange({
    send: (body: { code: string }) => request<ShownInvitation>('/invites/show', { method: 'POST', body }),
    refreshes: [],
  });
  useCodeInAddress((found) => {
    setCode(found);
    show.mutate({ code: found });
  });
  useEffect(() => {
    document.title = 'Invitation · vedette';
  }, []);
  return (
    <main className="sign-in">
      <img src="/favicon.svg" alt="" width="40" height="40" />
      <h1>You are invited to vedette</h1>
      {show.data !== undefined && <Accept invitation={show.data} code={code} />}
      {show.error !== null && <ProblemView error={show.error} />}
      {show.isPending && <Skeleton />}
      {show.isIdle && <p>Open the whole link of your invitation: what stands behind the # is missing.</p>}
    </main>
  );
}

function Accept({ invitation, code }: { invitation: ShownInvitation; code: string }) {
  const { email, role, organizationName, expiresAt, hasPassword } = invitation;
  const client = useQueryClient();
  const router = useRouter();
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const [otp, setOtp] = useState<string | null>(null);
  const accept = useChange({
    send: (body: AcceptInvitationRequest) => request<void>('/invites/accept', { method: 'POST', body }),
    refreshes: [],
    onDone: () => {
      client.clear();
      router.history.push('/');
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    accept.mutate(
      { code, name, password, ...(otp === null ? {} : { otp }) },
      { onError: (error) => isAskedForCode(error) && setOtp('') },
    );
  };
  return (
    <>
      <p>
        <Plain>{email}</Plain> is invited to the organisation <Plain>{organizationName}</Plain>, as {role}.
        The invitation ends on <Time at={expiresAt} exact />.
      </p>
      <form onSubmit={submit}>
        {!hasPassword && (
          <Field label="Your name">
            {(control) => (
              <input
                {...control}
                autoComplete="name"
                required
                maxLength={100}
                value={name}
                onChange={({ target }) => setName(target.value)}
              />
            )}
          </Field>
        )}
        {/* For password managers, which keep a password with its address. */}
        <input type="text" autoComplete="username" value={email} readOnly hidden />
        <Field
          label={hasPassword ? 'Your password' : 'New password'}
          hint={
            hasPassword
              ? 'Of the account that you have already.'
              : 'At least 15 characters: four or five words that have nothing to do with each other, or what a password manager makes.'
          }
        >
          {(control) => (
            <input
              {...control}
              type="password"
              autoComplete={hasPassword ? 'current-password' : 'new-password'}
              required
              value={password}
              onChange={({ target }) => setPassword(target.value)}
            />
          )}
        </Field>
        {otp !== null && <OneTimeCodeField value={otp} onChange={setOtp} takesFocus />}
        {accept.error !== null && !isAskedForCode(accept.error) && <ProblemNote error={accept.error} />}
        <Button type="submit" look="primary" pending={accept.isPending}>
          {accept.isPending ? 'Accepting…' : 'Accept and sign in'}
        </Button>
      </form>
      <ProviderButtons wish={{ purpose: 'invitation' }} onLeave={() => keepInvitation(code)} />
    </>
  );
}
