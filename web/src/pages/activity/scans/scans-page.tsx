import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { scansQuery } from '../../../api/queries.ts';
import { useScopedAccounts } from '../../../app/scope.ts';
import { DataTable } from '../../../components/data-table.tsx';
import { Page } from '../../../components/page.tsx';
import { Pagination } from '../../../components/pagination.tsx';
import { scanColumns } from '../../../components/scan-columns.tsx';
import { useSeveralSources, useSources } from '../../../components/sources.tsx';
import { Empty, QueryView, Skeleton } from '../../../components/states.tsx';
import { Plain } from '../../../components/text.tsx';
import { ActivityTabs } from '../shared/activity-tabs.tsx';
import type { ScansSearch } from './search.ts';

const route = getRouteApi('/app/scans');

export function ScansPage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const account = useScopedAccounts();
  const { source, run, cursor } = search;
  const query = useQuery(scansQuery({ source, run, cursor, account }));
  const filtered = [account, search.source, search.run].some((part) => part !== undefined);
  return (
    <Page title="Scans" lead="One scan is one account, looked at once by one source.">
      <ActivityTabs />
      <ScanFilters search={search} onChange={(next) => void navigate({ search: next })} />
      <QueryView query={query} skeleton={<Skeleton rows={16} />}>
        {({ scans, nextCursor }) => (
          <>
            <DataTable
              caption="Scans"
              columns={scanColumns}
              rows={scans}
              rowId={({ scanId }) => String(scanId)}
              empty={filtered ? <NoSuchScan /> : <NoScan />}
            />
            <Pagination cursor={search.cursor} nextCursor={nextCursor} />
          </>
        )}
      </QueryView>
    </Page>
  );
}

function NoSuchScan() {
  return (
    <Empty title="No scan meets these filters">
      <p>
        A run’s scans appear when its accounts have been stored. <Link to="/scans">Show all scans</Link>.
      </p>
    </Empty>
  );
}

function NoScan() {
  return (
    <Empty title="No scan yet">
      <p>
        <Link to="/runs" search={{ dialog: 'start' }}>
          Start a run
        </Link>
        , or read a report with <code>vedette import FILE</code>.
      </p>
    </Empty>
  );
}

function ScanFilters({ search, onChange }: { search: ScansSearch; onChange: (search: ScansSearch) => void }) {
  const sources = useSources();
  const severalSources = useSeveralSources();
  // What is chosen anew begins on its own first page.
  const change = (part: ScansSearch): void => onChange({ ...search, ...part, cursor: undefined });
  if (!severalSources && search.run === undefined) return null;
  return (
    <section className="filter-bar" aria-label="Filters">
      {severalSources && (
        <label className="inline-field">
          Source
          <select
            value={search.source?.[0] ?? ''}
            onChange={({ target: { value } }) => change({ source: value === '' ? undefined : [value] })}
          >
            <option value="">All</option>
            {sources.map(({ id, title }) => (
              <option key={id} value={id}>
                {title}
              </option>
            ))}
          </select>
        </label>
      )}
      {search.run !== undefined && (
        <ul className="filter-parts" aria-label="Filters that are set">
          <li>
            <button type="button" className="chip" onClick={() => change({ run: undefined })}>
              <span className="muted">run</span> <Plain>{search.run}</Plain>
              <span aria-hidden="true"> ✕</span>
              <span className="visually-hidden"> (remove)</span>
            </button>
          </li>
        </ul>
      )}
    </section>
  );
}
