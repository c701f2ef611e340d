import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { FormEvent, ReactNode } from 'react';
import type {
  BeginSecondFactorRequest,
  BegunSecondFactor,
  ConfirmSecondFactorRequest,
  RecoveryCodes,
  RemoveSecondFactorRequest,
  RenewRecoveryCodesRequest,
  SecondFactor as State,
} from '../../../../../src/api/schemas/people.ts';
import type { ApiError } from '../../../api/client.ts';
import { request } from '../../../api/client.ts';
import { useChange } from '../../../api/use-change.ts';
import { toast } from '../../../app/toasts.ts';
import { Button } from '../../../components/button.tsx';
import { CopyButton } from '../../../components/copy-button.tsx';
import { Dialog, DialogActions } from '../../../components/dialog.tsx';
import { OneTimeCodeField } from '../../../components/one-time-code-field.tsx';
import { Section } from '../../../components/page.tsx';
import { ProblemNote } from '../../../components/problem.tsx';
import { QrCode } from '../../../components/qr-code.tsx';
import { QueryView } from '../../../components/states.tsx';
import { Id } from '../../../components/text.tsx';
import { Time } from '../../../components/time.tsx';
import { PasswordField } from './password-field.tsx';
import { secondFactorQuery } from './queries.ts';

const PATH = '/me/second-factor';

export function SecondFactor() {
  const query = useQuery(secondFactorQuery);
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  return (
    <Section title="Second factor">
      {codes !== null && <Recovery codes={codes} onClose={() => setCodes(null)} />}
      <QueryView query={query}>{(state) => <StateOf state={state} onCodes={setCodes} />}</QueryView>
    </Section>
  );
}

function StateOf({
  state: { since, recoveryCodesLeft },
  onCodes,
}: {
  state: State;
  onCodes: (codes: readonly string[] | null) => void;
}) {
  const [asked, setAsked] = useState<'set-up' | 'renew' | 'remove' | null>(null);
  const close = () => setAsked(null);
  return (
    <>
      {since === null ? (
        <p>
          <span className="muted">
            Off. With a code of an authenticator app a stolen password is not enough.
          </span>{' '}
          <Button onClick={() => setAsked('set-up')}>Set up…</Button>
        </p>
      ) : (
        <p>
          On since <Time at={since} />; {recoveryCodesLeft} recovery codes left.{' '}
          <Button onClick={() => setAsked('renew')}>Renew the recovery codes…</Button>{' '}
          <Button onClick={() => setAsked('remove')}>Remove…</Button>
        </p>
      )}
      {asked === 'set-up' && (
        <SetUpDialog
          onClose={close}
          onDone={(codes) => {
            onCodes(codes);
            close();
          }}
        />
      )}
      {asked === 'renew' && (
        <RenewDialog
          onClose={close}
          onDone={(codes) => {
            onCodes(codes);
            close();
          }}
        />
      )}
      {asked === 'remove' && (
        <RemoveDialog
          onClose={close}
          onDone={() => {
            onCodes(null);
            close();
          }}
        />
      )}
    </>
  );
}

/** The one time that they can be read. */
function Recovery({ codes, onClose }: { codes: readonly string[]; onClose: () => void }) {
  return (
    <div className="note" role="status" data-tone="good">
      <p>
        Your second factor is on. Keep these recovery codes where the app is not: each signs you in once, and
        they are not shown again.
      </p>
      <ul>
        {codes.map((code) => (
          <li key={code}>
            <code className="id">{code}</code>
          </li>
        ))}
      </ul>
      <p className="actions">
        <CopyButton text={codes.join('\n')} what="Recovery codes" />
        <Button look="quiet" onClick={onClose}>
          Done
        </Button>
      </p>
    </div>
  );
}

function SetUpDialog({
  onClose,
  onDone,
}: {
  onClose: () => void;
  onDone: (codes: readonly string[]) => void;
}) {
  const begin = useChange({
    send: (body: BeginSecondFactorRequest) => request<BegunSecondFactor>(PATH, { method: 'POST', body }),
    refreshes: [],
  });
  return (
    <Dialog title="Set up a second factor" onClose={onClose}>
      {begin.data === undefined ? (
        <BeginForm
          pending={begin.isPending}
          error={begin.error}
          onBegin={(currentPassword) => begin.mutate({ currentPassword })}
          onClose={onClose}
        />
      ) : (
        <ConfirmForm begun={begin.data} onClose={onClose} onDone={onDone} />
      )}
    </Dialog>
  );
}

function BeginForm({
  pending,
  error,
  onBegin,
  onClose,
}: {
  pending: boolean;
  error: ApiError | null;
  onBegin: (currentPassword: string) => void;
  onClose: () => void;
}) {
  const [currentPassword, setCurrentPassword] = useState('');
  return (
    <Form
      error={error}
      action={pending ? 'Beginning…' : 'Go on'}
      pending={pending}
      onSubmit={() => onBegin(currentPassword)}
      onClose={onClose}
    >
      <PasswordField value={currentPassword} onChange={setCurrentPassword} />
    </Form>
  );
}

function ConfirmForm({
  begun: { secret, otpauthUrl },
  onClose,
  onDone,
}: {
  begun: BegunSecondFactor;
  onClose: () => void;
  onDone: (codes: readonly string[]) => void;
}) {
  const [otp, setOtp] = useState('');
  const confirm = useChange({
    send: (body: ConfirmSecondFactorRequest) =>
      request<RecoveryCodes>(`${PATH}/confirm`, { method: 'POST', body }),
    refreshes: ['session', 'sessions'],
    onDone: ({ recoveryCodes }) => onDone(recoveryCodes),
  });
  return (
    <Form
      error={confirm.error}
      action={confirm.isPending ? 'Turning on…' : 'Turn on'}
      pending={confirm.isPending}
      onSubmit={() => confirm.mutate({ otp })}
      onClose={onClose}
    >
      <p>Let your authenticator app look at this code.</p>
      <QrCode text={otpauthUrl} label="Code for the authenticator app" />
      <p>
        Or add this key to it, as one that follows the time: <Id>{secret}</Id>
        <CopyButton text={secret} what="Key" />
      </p>
      <p>
        On the device of the app, this link opens it:{' '}
        <a href={otpauthUrl} className="id">
          {otpauthUrl}
        </a>
        <CopyButton text={otpauthUrl} what="Link" />
      </p>
      <OneTimeCodeField
        value={otp}
        onChange={setOtp}
        takesFocus
        label="Code that the app shows"
        hint="Six digits. Every other browser of yours is signed out."
      />
    </Form>
  );
}

function RenewDialog({
  onClose,
  onDone,
}: {
  onClose: () => void;
  onDone: (codes: readonly string[]) => void;
}) {
  const [currentPassword, setCurrentPassword] = useState('');
  const [otp, setOtp] = useState('');
  const renew = useChange({
    send: (body: RenewRecoveryCodesRequest) =>
      request<RecoveryCodes>(`${PATH}/recovery-codes`, { method: 'POST', body }),
    refreshes: ['session'],
    onDone: ({ recoveryCodes }) => onDone(recoveryCodes),
  });
  return (
    <Dialog title="Renew the recovery codes" onClose={onClose}>
      <Form
        error={renew.error}
        action={renew.isPending ? 'Renewing…' : 'Renew'}
        pending={renew.isPending}
        onSubmit={() => renew.mutate({ currentPassword, otp })}
        onClose={onClose}
      >
        <p>Ten new ones are shown, and those that you have kept are worth nothing any more.</p>
        <PasswordField value={currentPassword} onChange={setCurrentPassword} />
        <OneTimeCodeField value={otp} onChange={setOtp} />
      </Form>
    </Dialog>
  );
}

function RemoveDialog({ onClose, onDone }: { onClose: () => void; onDone: () => void }) {
  const [currentPassword, setCurrentPassword] = useState('');
  const [otp, setOtp] = useState('');
  const remove = useChange({
    send: (body: RemoveSecondFactorRequest) => request<void>(`${PATH}/remove`, { method: 'POST', body }),
    refreshes: ['session', 'sessions'],
    onDone: () => {
      onDone();
      toast('Your second factor is off.');
    },
  });
  return (
    <Dialog title="Remove the second factor?" onClose={onClose}>
      <Form
        error={remove.error}
        action={remove.isPending ? 'Removing…' : 'Remove'}
        look="danger"
        pending={remove.isPending}
        onSubmit={() => remove.mutate({ currentPassword, otp })}
        onClose={onClose}
      >
        <p>Your password alone signs you in then. To change to another app, remove it and set it up again.</p>
        <PasswordField value={currentPassword} onChange={setCurrentPassword} />
        <OneTimeCodeField value={otp} onChange={setOtp} />
      </Form>
    </Dialog>
  );
}

/** What a dialog asks for, with what went wrong and its buttons. */
function Form({
  error,
  action,
  look = 'primary',
  pending,
  onSubmit,
  onClose,
  children,
}: {
  error: ApiError | null;
  action: string;
  look?: 'primary' | 'danger';
  pending: boolean;
  onSubmit: () => void;
  onClose: () => void;
  children: ReactNode;
}) {
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    onSubmit();
  };
  return (
    <form onSubmit={submit}>
      <div className="dialog-body">
        {children}
        {error !== null && <ProblemNote error={error} />}
      </div>
      <DialogActions onClose={onClose}>
        <Button type="submit" look={look} pending={pending}>
          {action}
        </Button>
      </DialogActions>
    </form>
  );
}
