import type { Session } from '../../../../../src/api/schemas/access.ts';
import { request } from '../../../api/client.ts';
import { useChange } from '../../../api/use-change.ts';
import { Button } from '../../../components/button.tsx';
import { DataTable } from '../../../components/data-table.tsx';
import { Section } from '../../../components/page.tsx';
import { ProblemNote } from '../../../components/problem.tsx';
import { Empty } from '../../../components/states.tsx';
import { columnsOf } from '../../../components/table-columns.ts';
import { Plain } from '../../../components/text.tsx';

type Membership = NonNullable<Session['person']>['organizations'][number] & { isCurrent: boolean };

const column = columnsOf<Membership>();
const columns = column.columns([
  column.accessor('organizationId', {
    header: 'Organisation',
    cell: ({ getValue }) => <Plain>{getValue()}</Plain>,
    meta: { names: true, wide: true },
  }),
  column.accessor('role', { header: 'Your role' }),
  column.display({
    id: 'actions',
    header: 'Action',
    cell: ({ row: { original } }) => <GoOver membership={original} />,
  }),
]);

/** The organisations of the person; the browser is in one of them at a time. */
export function Organisations({
  organizations,
  current,
}: {
  organizations: NonNullable<Session['person']>['organizations'];
  current: string;
}) {
  return (
    <Section title="Your organisations">
      <DataTable
        caption="Your organisations"
        columns={columns}
        rows={organizations.map((one) => ({ ...one, isCurrent: one.organizationId === current }))}
        rowId={({ organizationId }) => organizationId}
        empty={<Empty title="You belong to no organisation" />}
      />
    </Section>
  );
}

function GoOver({ membership: { organizationId, isCurrent } }: { membership: Membership }) {
  const move = useChange({
    send: () => request<void>('/me/organization', { method: 'PUT', body: { organizationId } }),
    refreshes: [],
    // Nothing of the organisation before may be left in the page.
    onDone: () => window.location.assign('/'),
  });
  return (
    <span className="actions">
      <Button
        look="quiet"
        aria-label={`Go over to ${organizationId}`}
        disabledReason={isCurrent ? 'You are in it.' : null}
        pending={move.isPending}
        onClick={() => move.mutate()}
      >
        {move.isPending ? 'Going over…' : 'Go over'}
      </Button>
      {move.error !== null && <ProblemNote error={move.error} />}
    </span>
  );
}
