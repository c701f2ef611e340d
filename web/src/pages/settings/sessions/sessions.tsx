import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { SignedIn } from '../../../../../src/api/schemas/access.ts';
import { request } from '../../../api/client.ts';
import { useChange } from '../../../api/use-change.ts';
import { useDisabledReason } from '../../../app/session.ts';
import { toast } from '../../../app/toasts.ts';
import { Button } from '../../../components/button.tsx';
import { ConfirmDialog } from '../../../components/confirm-dialog.tsx';
import { DataTable } from '../../../components/data-table.tsx';
import { Section } from '../../../components/page.tsx';
import { NoPermission } from '../../../components/problem.tsx';
import { Empty, QueryView } from '../../../components/states.tsx';
import { columnsOf } from '../../../components/table-columns.ts';
import { Plain } from '../../../components/text.tsx';
import { Time } from '../../../components/time.tsx';
import { sessionsQuery } from './queries.ts';

const column = columnsOf<SignedIn>();
const columns = column.columns([
  column.accessor('name', {
    header: 'Name',
    cell: ({ row: { original } }) => (
      <>
        <Plain>{original.name}</Plain>
        {original.own && ' (this browser)'}
      </>
    ),
    meta: { names: true, wide: true },
  }),
  column.accessor('scope', { header: 'Scope' }),
  column.accessor('createdAt', { header: 'Signed in', cell: ({ getValue }) => <Time at={getValue()} /> }),
  column.accessor('createdBy', { header: 'With', cell: ({ getValue }) => <Plain>{getValue()}</Plain> }),
  column.accessor('lastUsedAt', { header: 'Last used', cell: ({ getValue }) => <Time at={getValue()} /> }),
  column.accessor('expiresAt', { header: 'Expires', cell: ({ getValue }) => <Time at={getValue()} /> }),
  column.display({
    id: 'end',
    header: 'Action',
    cell: ({ row: { original } }) => <End session={original} />,
  }),
]);

export function Sessions() {
  const notAllowed = useDisabledReason('manage-access');
  return notAllowed === null ? <SessionTable /> : <NoPermission>{notAllowed}</NoPermission>;
}

function SessionTable() {
  const query = useQuery(sessionsQuery);
  return (
    <Section title="Sessions">
      <QueryView query={query}>
        {({ sessions }) => (
          <DataTable
            caption="Sessions"
            columns={columns}
            rows={sessions}
            rowId={({ id }) => String(id)}
            empty={
              <Empty title="Nobody is signed in">
                <p>Browsers that are signed in to this dashboard are listed here.</p>
              </Empty>
            }
          />
        )}
      </QueryView>
    </Section>
  );
}

function End({ session }: { session: SignedIn }) {
  const [asked, setAsked] = useState(false);
  const end = useChange({
    send: () => request<void>(`/sessions/${session.id}`, { method: 'DELETE' }),
    refreshes: ['sessions'],
    onDone: () => {
      setAsked(false);
      toast(`Session ${session.id} is over.`);
    },
  });
  return (
    <>
      <Button
        look="quiet"
        aria-label={`Sign out session ${session.id}…`}
        disabledReason={session.own ? 'Sign out of this browser in the menu.' : null}
        onClick={() => setAsked(true)}
      >
        Sign out…
      </Button>
      {asked && (
        <ConfirmDialog
          title="Sign the browser out?"
          action={end.isPending ? 'Signing out…' : 'Sign out'}
          pending={end.isPending}
          error={end.error}
          onConfirm={() => end.mutate()}
          onClose={() => setAsked(false)}
        >
          <p>
            The browser that signed in as <Plain>{session.name}</Plain> is refused from now on, and what it
            follows live ends.
          </p>
        </ConfirmDialog>
      )}
    </>
  );
}
