import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { FormEvent } from 'react';
import type { ChangeMemberRequest, Member } from '../../../../../src/api/schemas/people.ts';
import type { Role } from '../../../../../src/model/permissions.ts';
import { request } from '../../../api/client.ts';
import { useChange } from '../../../api/use-change.ts';
import { useDisabledReason, useSession } from '../../../app/session.ts';
import { toast } from '../../../app/toasts.ts';
import { Button } from '../../../components/button.tsx';
import { ConfirmDialog } from '../../../components/confirm-dialog.tsx';
import { DataTable } from '../../../components/data-table.tsx';
import { Dialog, DialogActions } from '../../../components/dialog.tsx';
import { Section } from '../../../components/page.tsx';
import { ProblemNote } from '../../../components/problem.tsx';
import { Empty, QueryView } from '../../../components/states.tsx';
import { columnsOf } from '../../../components/table-columns.ts';
import { Plain } from '../../../components/text.tsx';
import { Time } from '../../../components/time.tsx';
import { Invitations } from './invitations.tsx';
import { membersQuery } from './queries.ts';
import { RoleField } from './role-field.tsx';

const column = columnsOf<Member>();
const columns = column.columns([
  column.accessor('email', {
    header: 'Person',
    cell: ({ row: { original } }) => <Name member={original} />,
    meta: { names: true, wide: true },
  }),
  column.accessor('role', { header: 'Role' }),
  column.accessor('hasSecondFactor', {
    header: 'Second factor',
    cell: ({ getValue }) => ({ true: 'on', false: 'off', null: 'not shown' })[String(getValue())],
  }),
  column.accessor('joinedAt', { header: 'Joined', cell: ({ getValue }) => <Time at={getValue()} /> }),
  column.accessor('lastSignInAt', {
    header: 'Last sign-in',
    cell: ({ getValue }) => <Time at={getValue()} />,
  }),
  column.display({
    id: 'actions',
    header: 'Action',
    cell: ({ row: { original } }) => <Actions member={original} />,
  }),
]);

export function People() {
  const query = useQuery(membersQuery);
  return (
    <>
      <Section title="People">
        <QueryView query={query}>
          {({ members }) => (
            <DataTable
              caption="People"
              columns={columns}
              rows={members}
              rowId={({ userId }) => String(userId)}
              empty={
                <Empty title="Nobody yet">
                  <p>
                    This dashboard is opened by links and tokens. The first owner is made where vedette runs:{' '}
                    <code>vedette user add EMAIL --role OWNER</code>
                  </p>
                </Empty>
              }
            />
          )}
        </QueryView>
      </Section>
      <Invitations />
    </>
  );
}

function Name({ member }: { member: Member }) {
  const { person } = useSession();
  const notes = [
    ...(person?.userId === member.userId ? ['you'] : []),
    ...(member.disabledAt === null ? [] : ['disabled']),
  ];
  return (
    <>
      <Plain>{member.name}</Plain>
      {member.name !== member.email && (
        <>
          {' '}
          <span className="muted">
            <Plain>{member.email}</Plain>
          </span>
        </>
      )}
      {notes.length > 0 && ` (${notes.join(', ')})`}
    </>
  );
}

function Actions({ member }: { member: Member }) {
  const [asked, setAsked] = useState<'role' | 'remove' | null>(null);
  const manage = useDisabledReason('manage-people');
  const govern = useDisabledReason('govern');
  const reason = manage ?? (member.role === 'OWNER' ? govern : null);
  return (
    <span className="actions">
      <Button
        look="quiet"
        aria-label={`Change the role of ${member.email}…`}
        disabledReason={reason}
        onClick={() => setAsked('role')}
      >
        Role…
      </Button>
      <Button
        look="quiet"
        aria-label={`Remove ${member.email}…`}
        disabledReason={reason}
        onClick={() => setAsked('remove')}
      >
        Remove…
      </Button>
      {asked === 'role' && <RoleDialog member={member} onClose={() => setAsked(null)} />}
      {asked === 'remove' && <RemoveDialog member={member} onClose={() => setAsked(null)} />}
    </span>
  );
}

interface DialogProps {
  member: Member;
  onClose: () => void;
}

function RoleDialog({ member, onClose }: DialogProps) {
  const [role, setRole] = useState<Role>(member.role);
  const change = useChange({
    send: (body: ChangeMemberRequest) =>
      request<Member>(`/teams/members/${member.userId}`, { method: 'PUT', body }),
    refreshes: ['members', 'session'],
    onDone: (changed) => {
      onClose();
      toast(`${changed.email} is ${changed.role} now.`);
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    change.mutate({ role });
  };
  return (
    <Dialog title="Change the role" onClose={onClose}>
      <form onSubmit={submit}>
        <div className="dialog-body">
          <p>
            <Plain>{member.email}</Plain> is signed out of all browsers, and signs in again with the new role.
          </p>
          <RoleField role={role} onChange={setRole} />
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

function RemoveDialog({ member, onClose }: DialogProps) {
  const remove = useChange({
    send: () => request<void>(`/teams/members/${member.userId}`, { method: 'DELETE' }),
    refreshes: ['members', 'session'],
    onDone: () => {
      onClose();
      toast(`${member.email} belongs to the organisation no more.`);
    },
  });
  return (
    <ConfirmDialog
      title="Remove this person?"
      action={remove.isPending ? 'Removing…' : 'Remove'}
      pending={remove.isPending}
      error={remove.error}
      onConfirm={() => remove.mutate()}
      onClose={onClose}
    >
      <p>
        <Plain>{member.email}</Plain> is signed out at once, and their tokens end. What they did stays in the
        audit log.
      </p>
    </ConfirmDialog>
  );
}
