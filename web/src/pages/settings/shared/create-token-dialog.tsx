import { useState } from 'react';
import type { FormEvent } from 'react';
import type { CreatedToken, CreateTokenRequest } from '../../../../../src/api/schemas/access.ts';
import type { Scope } from '../../../../../src/model/access.ts';
import { request } from '../../../api/client.ts';
import { useChange } from '../../../api/use-change.ts';
import { Button } from '../../../components/button.tsx';
import { Dialog, DialogActions } from '../../../components/dialog.tsx';
import { Field } from '../../../components/field.tsx';
import { ProblemNote } from '../../../components/problem.tsx';

const MEANINGS: Readonly<Record<Scope, string>> = {
  read: 'read: look at everything but tokens and the audit log',
  operate: 'operate: also start and cancel runs, suppress events',
  admin: 'admin: also change schedules and tokens',
};

interface Props {
  path: string;
  scopes: readonly Scope[];
  onCreated: (token: CreatedToken) => void;
  onClose: () => void;
}

export function CreateTokenDialog({ path, scopes, onCreated, onClose }: Props) {
  const [name, setName] = useState('');
  const [scope, setScope] = useState<Scope>('read');
  const [days, setDays] = useState('90');
  const create = useChange({
    send: (body: CreateTokenRequest) => request<CreatedToken>(path, { method: 'POST', body }),
    refreshes: ['tokens'],
    onDone: onCreated,
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    create.mutate({ name, scope, expiresInDays: Number(days) });
  };
  return (
    <Dialog title="New token" onClose={onClose}>
      <form onSubmit={submit}>
        <div className="dialog-body">
          <Field label="Name" hint="Who or what uses it.">
            {(control) => (
              <input
                {...control}
                required
                maxLength={100}
                value={name}
                onChange={({ target }) => setName(target.value)}
              />
            )}
          </Field>
          <Field label="Scope">
            {(control) => (
              <select
                {...control}
                value={scope}
                onChange={({ target }) => setScope(scopes.find((known) => known === target.value) ?? 'read')}
              >
                {scopes.map((known) => (
                  <option key={known} value={known}>
                    {MEANINGS[known]}
                  </option>
                ))}
              </select>
            )}
          </Field>
          <Field label="Valid for days" hint="1 to 365.">
            {(control) => (
              <input
                {...control}
                type="number"
                required
                min={1}
                max={365}
                value={days}
                onChange={({ target }) => setDays(target.value)}
              />
            )}
          </Field>
          {create.error !== null && <ProblemNote error={create.error} />}
        </div>
        <DialogActions onClose={onClose}>
          <Button type="submit" look="primary" pending={create.isPending}>
            {create.isPending ? 'Creating…' : 'Create'}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
