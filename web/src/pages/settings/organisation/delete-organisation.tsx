import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { useState } from 'react';
import type { Organization } from '../../../../../src/api/schemas/organizations.ts';
import { request } from '../../../api/client.ts';
import { useChange } from '../../../api/use-change.ts';
import { useDisabledReason } from '../../../app/session.ts';
import { Button } from '../../../components/button.tsx';
import { ConfirmDialog } from '../../../components/confirm-dialog.tsx';
import { Field } from '../../../components/field.tsx';
import { Section } from '../../../components/page.tsx';
import { Plain } from '../../../components/text.tsx';

/** The end of an organisation, for its owners; the installation's own has none. */
export function DeleteOrganisation({ organisation }: { organisation: Organization }) {
  const notAllowed = useDisabledReason('govern');
  const [asked, setAsked] = useState(false);
  if (organisation.own || notAllowed !== null) return null;
  return (
    <Section
      title="The end of the organisation"
      actions={
        <Button look="danger" onClick={() => setAsked(true)}>
          Delete the organisation…
        </Button>
      }
    >
      <p className="muted">
        Everything of it goes: accounts, scans, events, schedules, people who belong to no other organisation.
        Nothing brings it back.
      </p>
      {asked && <Asking name={organisation.name} onClose={() => setAsked(false)} />}
    </Section>
  );
}

function Asking({ name, onClose }: { name: string; onClose: () => void }) {
  const client = useQueryClient();
  const router = useRouter();
  const [typed, setTyped] = useState('');
  const remove = useChange({
    send: (body: { name: string }) => request<void>('/organization/delete', { method: 'POST', body }),
    refreshes: [],
    onDone: () => {
      client.clear();
      router.history.push('/sign-in');
    },
  });
  return (
    <ConfirmDialog
      title="Delete the organisation?"
      action="Delete everything"
      pending={remove.isPending}
      error={remove.error}
      onConfirm={() => remove.mutate({ name: typed })}
      onClose={onClose}
    >
      <p>
        Nobody gets into <Plain>{name}</Plain> from then on, and everything of it is removed.
      </p>
      <Field label="Its name, so that no other one is meant">
        {(control) => (
          <input
            {...control}
            autoComplete="off"
            value={typed}
            onChange={({ target }) => setTyped(target.value)}
          />
        )}
      </Field>
    </ConfirmDialog>
  );
}
