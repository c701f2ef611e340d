import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { printable } from '../../../../../src/text/printable.ts';
import { facetsQuery } from '../../../api/queries.ts';
import { useScopedAccounts } from '../../../app/scope.ts';
import { Page } from '../../../components/page.tsx';
import { plural } from '../../../lib/format.ts';
import { readEventFilter, scoped, withoutPart } from '../shared/event-filter.ts';
import type { EventFilter } from '../shared/event-filter.ts';
import { Facets } from '../shared/facets.tsx';
import { EventList } from './event-list.tsx';
import { EventPanel } from './event-panel.tsx';
import { ExportMenu } from './export-menu.tsx';
import { FilterBar } from './filter-bar.tsx';
import { GroupList } from './group-list.tsx';
import { MatchingChecks } from './matching-checks.tsx';
import { eventQuery } from './queries.ts';
import type { EventsSearch } from './search.ts';
import './events-page.css';

const route = getRouteApi('/app/events');

export function EventsPage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const filter = readEventFilter({ ...search });
  const asked = scoped(filter, useScopedAccounts());
  const facets = useQuery(facetsQuery(asked));
  const change = (next: EventsSearch): void => void navigate({ search: next });
  const view = { by: search.by, sort: search.sort };
  // Another filter begins on its own first page, with no event open.
  const setFilter = (next: EventFilter): void => change({ ...next, ...view });
  const [open, setOpen] = useState(false);
  const close = (): void => change({ ...search, event: undefined });

  return (
    <Page
      title="Events"
      tabTitle={useOpenTitle(search.event)}
      lead={<Total exact={facets.data?.exact} total={facets.data?.total} />}
      actions={<ExportMenu filter={filter} asked={asked} />}
    >
      <FilterBar
        filter={filter}
        by={search.by}
        open={open}
        onOpen={setOpen}
        onFilter={setFilter}
        onGroup={(by) => change({ ...filter, sort: search.sort, by })}
        onRemove={({ name, value }) => setFilter(withoutPart(filter, name, value))}
      />
      <div className="events-layout" data-panel={search.event !== undefined || undefined}>
        <Facets query={facets} open={open} filter={filter} onFilter={setFilter} />
        <div className="events-list">
          {filter.search !== undefined && search.by !== 'check' && <MatchingChecks filter={asked} />}
          {search.by === undefined ? (
            <EventList search={search} filter={filter} asked={asked} facets={facets.data} onChange={change} />
          ) : (
            <GroupList by={search.by} filter={asked} cursor={search.cursor} />
          )}
        </div>
        {search.event !== undefined && <EventPanel key={search.event} id={search.event} onClose={close} />}
      </div>
    </Page>
  );
}

/** Of the event that is open: many tabs are told apart by it. */
function useOpenTitle(id: number | undefined): string | undefined {
  const { data } = useQuery({ ...eventQuery(id ?? 0), enabled: id !== undefined });
  if (id === undefined || data === undefined) return undefined;
  return printable(`${data.checkId}: ${data.resourceName ?? data.resourceId}`);
}

function Total({ exact, total }: { exact: boolean | undefined; total: number | undefined }) {
  if (total === undefined || exact === undefined) return <>Counting…</>;
  return exact
    ? plural(total, 'event')
    : `From ${plural(total, 'event')}, narrowed by search, resource or time`;
}
