import { browserSupportsWebAuthn, startRegistration } from '@simplewebauthn/browser';
import type { PublicKeyCredentialCreationOptionsJSON } from '@simplewebauthn/browser';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { FormEvent } from 'react';
import type { AskedOfPasskeys, PasskeyList } from '../../../../../src/api/schemas/sign-in.ts';
import { request } from '../../../api/client.ts';
import { ofPasskeys } from '../../../api/passkeys.ts';
import { useChange } from '../../../api/use-change.ts';
import { toast } from '../../../app/toasts.ts';
import { Button } from '../../../components/button.tsx';
import { DataTable } from '../../../components/data-table.tsx';
import { Dialog, DialogActions } from '../../../components/dialog.tsx';
import { Field } from '../../../components/field.tsx';
import { Section } from '../../../components/page.tsx';
import { ProblemNote } from '../../../components/problem.tsx';
import { Empty, QueryView } from '../../../components/states.tsx';
import { columnsOf } from '../../../components/table-columns.ts';
import { Plain } from '../../../components/text.tsx';
import { Time } from '../../../components/time.tsx';
import { passkeysQuery } from './queries.ts';

type Passkey = PasskeyList['passkeys'][number];

const column = columnsOf<Passkey>();
const columns = column.columns([
  column.accessor('name', {
    header: 'Passkey',
    cell: ({ getValue }) => <Plain>{getValue()}</Plain>,
    meta: { names: true, wide: true },
  }),
  column.accessor('createdAt', { header: 'Added', cell: ({ getValue }) => <Time at={getValue()} /> }),
  column.accessor('lastUsedAt', { header: 'Last used', cell: ({ getValue }) => <Time at={getValue()} /> }),
  column.display({
    id: 'remove',
    header: 'Action',
    cell: ({ row: { original } }) => <Remove passkey={original} />,
  }),
]);

/** What signs the person in by itself, such as a fingerprint on a device. */
export function Passkeys() {
  const query = useQuery(passkeysQuery);
  const [asked, setAsked] = useState(false);
  const reason = browserSupportsWebAuthn() ? null : 'This browser knows no passkeys.';
  return (
    <Section
      title="Passkeys"
      actions={
        <Button disabledReason={reason} onClick={() => setAsked(true)}>
          Add a passkey…
        </Button>
      }
    >
      <p className="muted">
        A device or a password manager that signs you in by itself, without password and second factor.
      </p>
      {asked && <AddDialog onClose={() => setAsked(false)} />}
      <QueryView query={query}>
        {({ passkeys }) => (
          <DataTable
            caption="Passkeys"
            columns={columns}
            rows={passkeys}
            rowId={({ id }) => String(id)}
            empty={<Empty title="No passkey yet" />}
          />
        )}
      </QueryView>
    </Section>
  );
}

function AddDialog({ onClose }: { onClose: () => void }) {
  const [name, setName] = useState('');
  const add = useChange({
    send: async () => {
      const { state, options } = await request<AskedOfPasskeys>('/me/passkeys/begin', { method: 'POST' });
      const optionsJSON = options as unknown as PublicKeyCredentialCreationOptionsJSON;
      const response = await ofPasskeys(startRegistration({ optionsJSON }));
      await request<void>('/me/passkeys', { method: 'POST', body: { state, name, response } });
    },
    refreshes: ['session'],
    onDone: () => {
      onClose();
      toast('The passkey is added.');
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    add.mutate();
  };
  return (
    <Dialog title="Add a passkey" onClose={onClose}>
      <form onSubmit={submit}>
        <div className="dialog-body">
          <Field label="Name" hint="So that you recognise it here, such as the device that keeps it.">
            {(control) => (
              <input
                {...control}
                autoComplete="off"
                required
                maxLength={100}
                value={name}
                onChange={({ target }) => setName(target.value)}
              />
            )}
          </Field>
          {add.error !== null && <ProblemNote error={add.error} />}
        </div>
        <DialogActions onClose={onClose}>
          <Button type="submit" look="primary" pending={add.isPending}>
            {add.isPending ? 'Adding…' : 'Add'}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}

function Remove({ passkey: { id, name } }: { passkey: Passkey }) {
  const remove = useChange({
    send: () => request<void>(`/me/passkeys/${id}`, { method: 'DELETE' }),
    refreshes: ['session', 'sessions'],
    onDone: () => toast(`The passkey ${name} signs you in no more.`),
  });
  return (
    <span className="actions">
      <Button
        look="quiet"
        aria-label={`Remove the passkey ${name}`}
        pending={remove.isPending}
        onClick={() => remove.mutate()}
      >
        {remove.isPending ? 'Removing…' : 'Remove'}
      </Button>
      {remove.error !== null && <ProblemNote error={remove.error} />}
    </span>
  );
}
