import { useState } from 'react';
import type { FormEvent } from 'react';
import type { ChangePasswordRequest } from '../../../../../src/api/schemas/people.ts';
import { request } from '../../../api/client.ts';
import { useChange } from '../../../api/use-change.ts';
import { toast } from '../../../app/toasts.ts';
import { Button } from '../../../components/button.tsx';
import { Dialog, DialogActions } from '../../../components/dialog.tsx';
import { Field } from '../../../components/field.tsx';
import { Section } from '../../../components/page.tsx';
import { ProblemNote } from '../../../components/problem.tsx';
import { PasswordField } from './password-field.tsx';

export function ChangePassword({ email }: { email: string }) {
  const [asked, setAsked] = useState(false);
  return (
    <Section title="Password" actions={<Button onClick={() => setAsked(true)}>Change the password…</Button>}>
      <p className="muted">A new password signs every other browser of yours out.</p>
      {asked && <PasswordDialog email={email} onClose={() => setAsked(false)} />}
    </Section>
  );
}

function PasswordDialog({ email, onClose }: { email: string; onClose: () => void }) {
  const [currentPassword, setCurrentPassword] = useState('');
  const [password, setPassword] = useState('');
  const change = useChange({
    send: (body: ChangePasswordRequest) => request<void>('/me/password', { method: 'PUT', body }),
    refreshes: ['session', 'sessions'],
    onDone: () => {
      onClose();
      toast('Your password is changed.');
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    change.mutate({ currentPassword, password });
  };
  return (
    <Dialog title="Change the password" onClose={onClose}>
      <form onSubmit={submit}>
        <div className="dialog-body">
          <PasswordField value={currentPassword} onChange={setCurrentPassword} />
          {/* For password managers, which keep a password with its address. */}
          <input type="text" autoComplete="username" value={email} readOnly hidden />
          <Field
            label="New password"
            hint="At least 15 characters, 8 with a second factor: four or five words that have nothing to do with each other, or what a password manager makes."
          >
            {(control) => (
              <input
                {...control}
                type="password"
                autoComplete="new-password"
                required
                value={password}
                onChange={({ target }) => setPassword(target.value)}
              />
            )}
          </Field>
          {change.error !== null && <ProblemNote error={change.error} />}
        </div>
        <DialogActions onClose={onClose}>
          <Button type="submit" look="primary" pending={change.isPending}>
            {change.isPending ? 'Changing…' : 'Change'}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
