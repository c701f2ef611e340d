import { request } from '../../../api/client.ts';
import { useChange } from '../../../api/use-change.ts';
import { Button } from '../../../components/button.tsx';
import { ProblemNote } from '../../../components/problem.tsx';

/** For who has not yet shown that their address is their own. */
export function UnconfirmedAddress() {
  const send = useChange({
    send: () => request<void>('/me/email/verification', { method: 'POST' }),
    refreshes: [],
  });
  if (send.isSuccess) return <p>A link was sent to your address. Open it in this browser, within a day.</p>;
  return (
    <>
      <p className="muted">Nobody has confirmed that this address is yours.</p>
      {send.error !== null && <ProblemNote error={send.error} />}
      <p>
        <Button pending={send.isPending} onClick={() => send.mutate(undefined)}>
          {send.isPending ? 'Sending…' : 'Send a link to confirm it'}
        </Button>
      </p>
    </>
  );
}
