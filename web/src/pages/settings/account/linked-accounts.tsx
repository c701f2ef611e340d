import { useQuery } from '@tanstack/react-query';
import type { BegunAtProvider, LinkedAccount, ProviderList } from '../../../../../src/api/schemas/sign-in.ts';
import { request } from '../../../api/client.ts';
import { providersQuery } from '../../../api/queries.ts';
import { useChange } from '../../../api/use-change.ts';
import { toast } from '../../../app/toasts.ts';
import { Button } from '../../../components/button.tsx';
import { DataTable } from '../../../components/data-table.tsx';
import { Section } from '../../../components/page.tsx';
import { ProblemNote } from '../../../components/problem.tsx';
import { Empty, QueryView } from '../../../components/states.tsx';
import { columnsOf } from '../../../components/table-columns.ts';
import { Plain } from '../../../components/text.tsx';
import { Time } from '../../../components/time.tsx';
import { identitiesQuery } from './queries.ts';

type Row = LinkedAccount & { name: string };

const column = columnsOf<Row>();
const columns = column.columns([
  column.accessor('name', {
    header: 'Account',
    cell: ({ row: { original } }) => (
      <>
        <Plain>{original.name}</Plain>
        {original.email !== null && (
          <>
            {' '}
            <span className="muted">
              <Plain>{original.email}</Plain>
            </span>
          </>
        )}
      </>
    ),
    meta: { names: true, wide: true },
  }),
  column.accessor('linkedAt', { header: 'Linked', cell: ({ getValue }) => <Time at={getValue()} /> }),
  column.accessor('lastUsedAt', { header: 'Last used', cell: ({ getValue }) => <Time at={getValue()} /> }),
  column.display({
    id: 'unlink',
    header: 'Action',
    cell: ({ row: { original } }) => <Unlink account={original} />,
  }),
]);

/** Accounts at providers that one signs in with; nothing where there are no providers. */
export function LinkedAccounts() {
  const providers = useQuery(providersQuery);
  const identities = useQuery(identitiesQuery);
  const offered = providers.data?.providers ?? [];
  if (offered.length === 0 && (identities.data?.identities ?? []).length === 0) return null;
  const nameOf = (id: string) => offered.find((one) => one.id === id)?.name ?? id;
  return (
    <Section title="Linked accounts">
      <p className="muted">Each signs you in as you are here, also without your password.</p>
      <QueryView query={identities}>
        {({ identities: all }) => (
          <DataTable
            caption="Linked accounts"
            columns={columns}
            rows={all.map((one) => ({ ...one, name: nameOf(one.provider) }))}
            rowId={({ id }) => String(id)}
            empty={<Empty title="No account is linked" />}
          />
        )}
      </QueryView>
      <LinkButtons providers={offered} />
    </Section>
  );
}

function LinkButtons({ providers }: ProviderList) {
  const begin = useChange({
    send: (id: string) =>
      request<BegunAtProvider>(`/me/identities/${encodeURIComponent(id)}/begin`, { method: 'POST' }),
    refreshes: [],
    onDone: ({ url }) => window.location.assign(url),
  });
  return (
    <div className="actions">
      {providers.map(({ id, name }) => (
        <Button key={id} pending={begin.isPending && begin.variables === id} onClick={() => begin.mutate(id)}>
          {`Link ${name}…`}
        </Button>
      ))}
      {begin.error !== null && <ProblemNote error={begin.error} />}
    </div>
  );
}

function Unlink({ account: { id, name } }: { account: Row }) {
  const unlink = useChange({
    send: () => request<void>(`/me/identities/${id}`, { method: 'DELETE' }),
    refreshes: ['session', 'sessions'],
    onDone: () => toast(`You sign in with this account of ${name} no more.`),
  });
  return (
    <span className="actions">
      <Button
        look="quiet"
        aria-label={`Unlink ${name}`}
        pending={unlink.isPending}
        onClick={() => unlink.mutate()}
      >
        {unlink.isPending ? 'Unlinking…' : 'Unlink'}
      </Button>
      {unlink.error !== null && <ProblemNote error={unlink.error} />}
    </span>
  );
}
