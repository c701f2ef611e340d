import { useQuery } from '@tanstack/react-query';
import type { SignedIn } from '../../../../../src/api/schemas/access.ts';
import { request } from '../../../api/client.ts';
import { useChange } from '../../../api/use-change.ts';
import { toast } from '../../../app/toasts.ts';
import { Button } from '../../../components/button.tsx';
import { DataTable } from '../../../components/data-table.tsx';
import { Section } from '../../../components/page.tsx';
import { ProblemNote } from '../../../components/problem.tsx';
import { Empty, QueryView } from '../../../components/states.tsx';
import { columnsOf } from '../../../components/table-columns.ts';
import { Time } from '../../../components/time.tsx';
import { ownSessionsQuery } from './queries.ts';

const column = columnsOf<SignedIn>();
const columns = column.columns([
  column.accessor('id', {
    header: 'Browser',
    cell: ({ row: { original } }) => `Session ${original.id}${original.own ? ' (this browser)' : ''}`,
    meta: { names: true, wide: true },
  }),
  column.accessor('createdAt', { header: 'Signed in', cell: ({ getValue }) => <Time at={getValue()} /> }),
  column.accessor('lastUsedAt', { header: 'Last used', cell: ({ getValue }) => <Time at={getValue()} /> }),
  column.accessor('expiresAt', { header: 'Expires', cell: ({ getValue }) => <Time at={getValue()} /> }),
  column.display({
    id: 'end',
    header: 'Action',
    cell: ({ row: { original } }) => <End session={original} />,
  }),
]);

/** The person's own browsers, in whatever organisation they are. */
export function Browsers() {
  const query = useQuery(ownSessionsQuery);
  return (
    <Section title="Your browsers">
      <QueryView query={query}>
        {({ sessions }) => (
          <DataTable
            caption="Your browsers"
            columns={columns}
            rows={sessions}
            rowId={({ id }) => String(id)}
            empty={<Empty title="No browser is signed in" />}
          />
        )}
      </QueryView>
    </Section>
  );
}

function End({ session: { id, own } }: { session: SignedIn }) {
  const end = useChange({
    send: () => request<void>(`/me/sessions/${id}`, { method: 'DELETE' }),
    refreshes: ['sessions'],
    onDone: () => toast('The browser is signed out.'),
  });
  return (
    <span className="actions">
      <Button
        look="quiet"
        aria-label={`Sign out session ${id}`}
        disabledReason={own ? 'Sign out of this browser in the bar above.' : null}
        pending={end.isPending}
        onClick={() => end.mutate()}
      >
        {end.isPending ? 'Signing out…' : 'Sign out'}
      </Button>
      {end.error !== null && <ProblemNote error={end.error} />}
    </span>
  );
}
