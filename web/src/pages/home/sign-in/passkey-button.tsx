import { browserSupportsWebAuthn, startAuthentication } from '@simplewebauthn/browser';
import type { PublicKeyCredentialRequestOptionsJSON } from '@simplewebauthn/browser';
import type { AskedOfPasskeys, SignedInByProvider } from '../../../../../src/api/schemas/sign-in.ts';
import { request } from '../../../api/client.ts';
import { ofPasskeys } from '../../../api/passkeys.ts';
import { useChange } from '../../../api/use-change.ts';
import { Button } from '../../../components/button.tsx';
import { ProblemNote } from '../../../components/problem.tsx';

/** Signs in with what the device or a password manager keeps; nothing where the browser knows no passkeys. */
export function PasskeyButton({ returnTo, onDone }: { returnTo: string; onDone: (path: string) => void }) {
  const signIn = useChange({
    send: async () => {
      const { state, options } = await request<AskedOfPasskeys>('/sign-in/passkey/begin', {
        method: 'POST',
        body: { returnTo },
      });
      const optionsJSON = options as unknown as PublicKeyCredentialRequestOptionsJSON;
      const response = await ofPasskeys(startAuthentication({ optionsJSON }));
      return request<SignedInByProvider>('/sign-in/passkey', { method: 'POST', body: { state, response } });
    },
    refreshes: [],
    onDone: (done) => onDone(done.returnTo),
  });
  if (!browserSupportsWebAuthn()) return null;
  return (
    <div className="providers">
      <Button pending={signIn.isPending} onClick={() => signIn.mutate()}>
        Sign in with a passkey
      </Button>
      {signIn.error !== null && <ProblemNote error={signIn.error} />}
    </div>
  );
}
