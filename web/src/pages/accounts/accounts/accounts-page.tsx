import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import type { Account, AccountSource } from '../../../../../src/api/schemas/accounts.ts';
import { ACCOUNT_HEALTHS, coverageReasons } from '../../../../../src/model/account-health.ts';
import { LEVELS, compareLevels } from '../../../../../src/model/level.ts';
import { accountsQuery } from '../../../api/queries.ts';
import { useScope } from '../../../app/scope.ts';
import { AccountName, ShortName } from '../../../components/account-name.tsx';
import { StatusBadge } from '../../../components/badge.tsx';
import { DataTable } from '../../../components/data-table.tsx';
import { LevelCountLinks } from '../../../components/level-counts.tsx';
import { ListPages } from '../../../components/list-pages.tsx';
import { Page } from '../../../components/page.tsx';
import { SourceName, useSeveralSources } from '../../../components/sources.tsx';
import { Empty, QueryView, Skeleton } from '../../../components/states.tsx';
import { columnsOf } from '../../../components/table-columns.ts';
import { Plain } from '../../../components/text.tsx';
import { Time } from '../../../components/time.tsx';
import { plural } from '../../../lib/format.ts';
import { isInScope } from '../../../lib/scope.ts';
import { sorted } from '../../../lib/sorting.ts';
import type { AccountsSearch } from './search.ts';
import './accounts-page.css';

const route = getRouteApi('/app/accounts');
const column = columnsOf<Account>();
const columns = column.columns([
  column.accessor('profile', {
    header: 'Account',
    cell: ({ row: { original } }) => <NameCell account={original} />,
    meta: { names: true, sort: { key: 'profile', first: 'ascending' } },
  }),
  column.accessor('health', {
    header: 'Health',
    cell: ({ getValue }) => <StatusBadge status={getValue()} />,
    meta: { sort: { key: 'health', first: 'ascending' } },
  }),
  column.accessor('open', {
    header: 'Active events',
    cell: ({ row: { original } }) => <OpenEvents account={original} />,
    meta: { sort: { key: 'open', first: 'descending' } },
  }),
  column.accessor('lastScan', {
    header: 'Last scan',
    cell: ({ row: { original } }) => <LastScan account={original} />,
    meta: { sort: { key: 'lastScan', first: 'ascending' } },
  }),
  column.accessor('nextScanAt', {
    header: 'Next scan',
    cell: ({ getValue }) => <Time at={getValue()} />,
    meta: { detail: true },
  }),
  column.accessor('sources', {
    header: 'Not known',
    cell: ({ row: { original } }) => <NotKnown account={original} />,
    meta: { wide: true },
  }),
]);

/** Fits on a screen and a half, and keeps the page light with hundreds of accounts. */
const PAGE_SIZE = 25;
const WORST_FIRST = '-open';
const KEYS = {
  profile: ({ profile, accountId }: Account) => profile ?? accountId,
  health: ({ health }: Account) => -ACCOUNT_HEALTHS.indexOf(health),
  open: ({ open }: Account) => weight(open),
  lastScan: ({ lastScan }: Account) => lastScan?.scanTime ?? '',
};

/** One critical event outweighs any number of high ones, and so on. */
function weight(open: Account['open']): number {
  return LEVELS.toSorted(compareLevels).reduce((sum, level) => sum * 10_000 + Math.min(open[level], 9999), 0);
}

function NameCell({ account: { profile, accountId } }: { account: Account }) {
  return (
    <>
      {accountId === null ? (
        <ShortName>{profile ?? ''}</ShortName>
      ) : (
        <AccountName accountId={accountId} name={profile} />
      )}
      {profile === null && <span className="resource muted">No profile here</span>}
    </>
  );
}

function OpenEvents({ account: { accountId, open } }: { account: Account }) {
  return accountId === null ? <>–</> : <LevelCountLinks counts={open} account={accountId} />;
}

/** Of each source, which is named where there are several. */
function LastScan({ account: { lastScan, sources } }: { account: Account }) {
  const severalSources = useSeveralSources();
  if (lastScan === null) return <span className="muted nothing">–</span>;
  return sources.map((one) => (
    <div key={one.source}>
      {one.lastScan === null ? (
        'never'
      ) : (
        <Link to="/scans/$scanId" params={{ scanId: String(one.lastScan.scanId) }}>
          <Time at={one.lastScan.scanTime} />
        </Link>
      )}
      {severalSources && (
        <div className="resource muted">
          by <SourceName id={one.source} />
        </div>
      )}
    </div>
  ));
}

/** Of each source, which is named where there are several; a failure leads to its run. */
function NotKnown({ account: { sources } }: { account: Account }) {
  const severalSources = useSeveralSources();
  if (sources.length === 0) return <span className="muted">Everything: it was never scanned</span>;
  const parts = sources.flatMap((one) => {
    const reasons = coverageReasons(one);
    return reasons.length === 0 ? [] : [{ ...one, reasons }];
  });
  if (parts.length === 0) return <span className="muted nothing">–</span>;
  return parts.map(({ source, reasons, failure, unconfirmed }) => (
    <div key={source}>
      {severalSources && (
        <>
          <SourceName id={source} />:{' '}
        </>
      )}
      <Plain>{reasons.join('; ')}</Plain>
      {failure !== null && (
        <>
          {' '}
          <span className="muted">
            <Plain>{failure.failure.remedy}</Plain>
          </span>{' '}
          <Link to="/runs/$runId" params={{ runId: failure.runId }}>
            The run
          </Link>
        </>
      )}
      {unconfirmed.length > 0 && <Unconfirmed services={unconfirmed} />}
    </div>
  ));
}

function Unconfirmed({ services }: { services: AccountSource['unconfirmed'] }) {
  return (
    <details>
      <summary>By service</summary>
      <ul>
        {services.map(({ service, events, oldest }) => (
          <li key={service}>
            <Plain>{service}</Plain>: {plural(events, 'event')}, the oldest seen <Time at={oldest} />
          </li>
        ))}
      </ul>
    </details>
  );
}

export function AccountsPage() {
  const search = route.useSearch();
  const query = useQuery(accountsQuery);
  return (
    <Page title="Accounts" lead="What can be scanned, and every account that has a scan.">
      <QueryView query={query} skeleton={<Skeleton rows={10} />}>
        {({ accounts }) => <AccountList accounts={accounts} search={search} />}
      </QueryView>
    </Page>
  );
}

function AccountList({ accounts, search }: { accounts: readonly Account[]; search: AccountsSearch }) {
  const { sort = WORST_FIRST, find = '', health, page = 1 } = search;
  const navigate = route.useNavigate();
  const scope = useScope();
  const inScope = accounts.filter((account) => isInScope(account, scope));
  const found = inScope.filter((account) => hasText(account, find));
  const shown = found.filter((account) => health === undefined || health.includes(account.health));
  // What is looked for anew begins on its first page.
  const change = (part: AccountsSearch): void =>
    void navigate({ search: { ...search, ...part, page: undefined } });
  return (
    <>
      <section className="filter-bar" aria-label="Search and filters">
        <label className="visually-hidden" htmlFor="account-search">
          Name or number
        </label>
        <input
          id="account-search"
          className="find"
          type="search"
          placeholder="Find by name or number"
          value={find}
          onChange={({ target }) => change({ find: target.value === '' ? undefined : target.value })}
        />
        <HealthFilter accounts={found} chosen={health} onChange={(next) => change({ health: next })} />
      </section>
      <DataTable
        caption="Accounts"
        columns={columns}
        rows={sorted(shown, sort, KEYS).slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE)}
        rowId={({ profile, accountId }) => `${profile} ${accountId}`}
        sorting={{ value: sort, onChange: (value) => change({ sort: value }) }}
        empty={accounts.length === 0 ? <NoAccounts /> : <NoSuchAccount />}
      />
      <ListPages page={page} size={PAGE_SIZE} total={shown.length} />
    </>
  );
}

function hasText({ profile, accountId }: Account, text: string): boolean {
  return `${profile ?? ''} ${accountId ?? ''}`.toLowerCase().includes(text.toLowerCase());
}

/** How many accounts there are of each health; a click shows those alone. */
function HealthFilter({
  accounts,
  chosen,
  onChange,
}: {
  accounts: readonly Account[];
  chosen: readonly string[] | undefined;
  onChange: (health: string[] | undefined) => void;
}) {
  const healths = [...new Set(accounts.map(({ health }) => health))];
  return (
    <div className="health-filter" role="group" aria-label="Health">
      {healths.map((health) => {
        const pressed = chosen?.includes(health) === true;
        return (
          <button
            key={health}
            type="button"
            className="chip"
            aria-pressed={pressed}
            onClick={() => onChange(pressed ? undefined : [health])}
          >
            <StatusBadge status={health} /> {accounts.filter((account) => account.health === health).length}
          </button>
        );
      })}
    </div>
  );
}

function NoAccounts() {
  return (
    <Empty title="No accounts yet">
      <p>
        Add a profile to <code>~/.aws/config</code> where vedette runs; it then appears here and can be
        scanned.
      </p>
    </Empty>
  );
}

function NoSuchAccount() {
  return (
    <Empty title="No account is meant by this">
      <p>
        <Link to="/accounts" search={{ scope: undefined }}>
          Show all accounts
        </Link>
      </p>
    </Empty>
  );
}
