import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { RoleAccount } from '../../../../../src/api/schemas/accounts.ts';
import { request } from '../../../api/client.ts';
import { useChange } from '../../../api/use-change.ts';
import { toast } from '../../../app/toasts.ts';
import { StatusBadge } from '../../../components/badge.tsx';
import { Button } from '../../../components/button.tsx';
import { ConfirmDialog } from '../../../components/confirm-dialog.tsx';
import { DataTable } from '../../../components/data-table.tsx';
import { Section } from '../../../components/page.tsx';
import { Empty, QueryView } from '../../../components/states.tsx';
import { columnsOf } from '../../../components/table-columns.ts';
import { Id, Plain } from '../../../components/text.tsx';
import { Time } from '../../../components/time.tsx';
import { AddAccountDialog } from './add-account-dialog.tsx';
import { roleAccountsQuery } from './queries.ts';

const column = columnsOf<RoleAccount>();
const columns = column.columns([
  column.accessor('name', {
    header: 'Name',
    cell: ({ getValue }) => <Plain>{getValue()}</Plain>,
    meta: { names: true },
  }),
  column.accessor('accountId', { header: 'Account', cell: ({ getValue }) => <Id>{getValue()}</Id> }),
  column.accessor('problem', {
    header: 'Role',
    cell: ({ row: { original } }) => <Checked account={original} />,
    meta: { wide: true },
  }),
  column.accessor('checkedAt', { header: 'Checked', cell: ({ getValue }) => <Time at={getValue()} /> }),
  column.display({
    id: 'actions',
    header: 'Actions',
    cell: ({ row: { original } }) => <Actions account={original} />,
  }),
]);

/** The accounts of the organisation that are entered by a role. */
export function RoleAccounts() {
  const query = useQuery(roleAccountsQuery);
  const [adding, setAdding] = useState(false);
  return (
    <Section
      title="Accounts by role"
      actions={
        <Button look="primary" onClick={() => setAdding(true)}>
          Add account…
        </Button>
      }
    >
      <QueryView query={query}>
        {({ accounts }) => (
          <DataTable
            caption="Accounts by role"
            columns={columns}
            rows={accounts}
            rowId={({ name }) => name}
            empty={
              <Empty title="No accounts by role yet">
                <p>A role in an account, which asks for the external id, lets vedette read it.</p>
              </Empty>
            }
          />
        )}
      </QueryView>
      {adding && <AddAccountDialog onClose={() => setAdding(false)} />}
    </Section>
  );
}

function Checked({ account: { checkedAt, problem } }: { account: RoleAccount }) {
  if (checkedAt === null) return <StatusBadge status="waiting" />;
  if (problem === null) return <StatusBadge status="ok" />;
  return (
    <>
      <StatusBadge status="failed" /> <Plain>{`${problem.message} ${problem.remedy}`}</Plain>
    </>
  );
}

function Actions({ account: { name } }: { account: RoleAccount }) {
  const [asked, setAsked] = useState(false);
  const path = `/accounts/roles/${encodeURIComponent(name)}`;
  const check = useChange({
    send: () => request<RoleAccount>(`${path}/check`, { method: 'POST' }),
    refreshes: ['accounts'],
    onDone: ({ problem }) => toast(problem === null ? `${name} can be scanned.` : problem.message),
  });
  const remove = useChange({
    send: () => request<void>(path, { method: 'DELETE' }),
    refreshes: ['accounts'],
    onDone: () => toast(`${name} is removed; take the trust from its role as well.`),
  });
  return (
    <>
      <Button
        look="quiet"
        aria-label={`Check ${name}`}
        pending={check.isPending}
        onClick={() => check.mutate(undefined)}
      >
        {check.isPending ? 'Checking…' : 'Check'}
      </Button>
      <Button look="quiet" aria-label={`Remove ${name}…`} onClick={() => setAsked(true)}>
        Remove…
      </Button>
      {asked && (
        <ConfirmDialog
          title="Remove the account?"
          action={remove.isPending ? 'Removing…' : 'Remove'}
          pending={remove.isPending}
          error={remove.error}
          onConfirm={() => remove.mutate(undefined)}
          onClose={() => setAsked(false)}
        >
          <p>What its scans have found stays.</p>
        </ConfirmDialog>
      )}
    </>
  );
}
