import { useQuery } from '@tanstack/react-query';
import { createContext, useContext, useState } from 'react';
import type { FormEvent } from 'react';
import type { Subscription } from '../../../../../src/api/schemas/billing.ts';
import type { Invitation, Invited, InviteRequest } from '../../../../../src/api/schemas/people.ts';
import type { Role } from '../../../../../src/model/permissions.ts';
import { request } from '../../../api/client.ts';
import { useChange } from '../../../api/use-change.ts';
import { useDisabledReason, useSession } from '../../../app/session.ts';
import { toast } from '../../../app/toasts.ts';
import { Button } from '../../../components/button.tsx';
import { CopyButton } from '../../../components/copy-button.tsx';
import { DataTable } from '../../../components/data-table.tsx';
import { Dialog, DialogActions } from '../../../components/dialog.tsx';
import { Field } from '../../../components/field.tsx';
import { Section } from '../../../components/page.tsx';
import { ProblemNote } from '../../../components/problem.tsx';
import { Empty, QueryView } from '../../../components/states.tsx';
import { columnsOf } from '../../../components/table-columns.ts';
import { Plain } from '../../../components/text.tsx';
import { Time } from '../../../components/time.tsx';
import { subscriptionQuery, UpgradePrompt, Usage } from '../shared/plan.tsx';
import { invitesQuery } from './queries.ts';
import { RoleField } from './role-field.tsx';

/** The answer of an invitation that was renewed reaches the section by this. */
const MadeContext = createContext<(invited: Invited) => void>(() => undefined);

const column = columnsOf<Invitation>();
const columns = column.columns([
  column.accessor('email', {
    header: 'Invited',
    cell: ({ getValue }) => <Plain>{getValue()}</Plain>,
    meta: { names: true, wide: true },
  }),
  column.accessor('role', { header: 'Role' }),
  column.accessor('expiresAt', { header: 'Until', cell: ({ getValue }) => <Time at={getValue()} /> }),
  column.accessor('sentAt', {
    header: 'Sent',
    cell: ({ getValue }) => (getValue() === null ? 'by a link' : <Time at={getValue()} />),
  }),
  column.display({
    id: 'actions',
    header: 'Action',
    cell: ({ row: { original } }) => <Actions invitation={original} />,
  }),
]);

/** The invitations that are open, for those who may invite. */
export function Invitations() {
  const notAllowed = useDisabledReason('manage-people');
  const { plans } = useSession();
  const plan = useQuery({ ...subscriptionQuery, enabled: plans && notAllowed === null }).data;
  if (notAllowed !== null) return null;
  if (plan?.teamInvites !== false) return <OpenInvitations plan={plan} />;
  return (
    <Section title="Invitations">
      <UpgradePrompt />
    </Section>
  );
}

function OpenInvitations({ plan }: { plan: Subscription | undefined }) {
  const query = useQuery(invitesQuery);
  const [isInviting, setInviting] = useState(false);
  const [made, setMade] = useState<Invited | null>(null);
  return (
    <Section
      title="Invitations"
      actions={
        <Button look="primary" onClick={() => setInviting(true)}>
          Invite…
        </Button>
      }
    >
      {plan !== undefined && plan.members.limit !== null && (
        <p className="muted">
          <Usage usage={plan.members} what="people of the plan, open invitations included" />
        </p>
      )}
      {made !== null && <Made invited={made} onClose={() => setMade(null)} />}
      <MadeContext value={setMade}>
        <QueryView query={query}>
          {({ invites }) => (
            <DataTable
              caption="Invitations"
              columns={columns}
              rows={invites}
              rowId={({ id }) => String(id)}
              empty={
                <Empty title="No invitation is open">
                  <p>Who is invited chooses a password and comes in with the role you gave.</p>
                </Empty>
              }
            />
          )}
        </QueryView>
      </MadeContext>
      {isInviting && (
        <InviteDialog
          onMade={(invited) => {
            setMade(invited);
            setInviting(false);
          }}
          onClose={() => setInviting(false)}
        />
      )}
    </Section>
  );
}

/** The one time that the link can be read. */
function Made({ invited, onClose }: { invited: Invited; onClose: () => void }) {
  return (
    <div className="note" role="status" data-tone="good">
      <p>
        <Plain>{invited.email}</Plain>
        {invited.link === null
          ? ' is invited by e-mail.'
          : ' is invited: hand this link over yourself, it is not shown again.'}
      </p>
      <p className="actions">
        {invited.link !== null && (
          <>
            <code className="id">{invited.link}</code>
            <CopyButton text={invited.link} what="Link" />
          </>
        )}
        <Button look="quiet" onClick={onClose}>
          Done
        </Button>
      </p>
    </div>
  );
}

function Actions({ invitation }: { invitation: Invitation }) {
  const onMade = useContext(MadeContext);
  const again = useChange({
    send: () => request<Invited>(`/teams/invites/${invitation.id}/resend`, { method: 'POST' }),
    refreshes: ['members', 'organisation'],
    onDone: onMade,
  });
  const end = useChange({
    send: () => request<void>(`/teams/invites/${invitation.id}`, { method: 'DELETE' }),
    refreshes: ['members', 'organisation'],
    onDone: () => toast(`The invitation of ${invitation.email} is taken back.`),
  });
  const failed = again.error ?? end.error;
  return (
    <span className="actions">
      <Button
        look="quiet"
        aria-label={`Invite ${invitation.email} again`}
        pending={again.isPending}
        onClick={() => again.mutate()}
      >
        Again
      </Button>
      <Button
        look="quiet"
        aria-label={`Take back the invitation of ${invitation.email}`}
        pending={end.isPending}
        onClick={() => end.mutate()}
      >
        Take back
      </Button>
      {failed !== null && <ProblemNote error={failed} />}
    </span>
  );
}

function InviteDialog({ onMade, onClose }: { onMade: (invited: Invited) => void; onClose: () => void }) {
  const [email, setEmail] = useState('');
  const [role, setRole] = useState<Role>('MEMBER');
  const invite = useChange({
    send: (body: InviteRequest) => request<Invited>('/teams/invites', { method: 'POST', body }),
    refreshes: ['members', 'organisation'],
    onDone: onMade,
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    invite.mutate({ email, role });
  };
  return (
    <Dialog title="Invite somebody" onClose={onClose}>
      <form onSubmit={submit}>
        <div className="dialog-body">
          <Field label="E-mail">
            {(control) => (
              <input
                {...control}
                type="email"
                autoComplete="off"
                required
                maxLength={254}
                value={email}
                onChange={({ target }) => setEmail(target.value)}
              />
            )}
          </Field>
          <RoleField role={role} onChange={setRole} />
          {invite.error !== null && <ProblemNote error={invite.error} />}
        </div>
        <DialogActions onClose={onClose}>
          <Button type="submit" look="primary" pending={invite.isPending}>
            {invite.isPending ? 'Inviting…' : 'Invite'}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
