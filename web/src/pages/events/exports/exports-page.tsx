import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { facetsQuery } from '../../../api/queries.ts';
import { useScopedAccounts } from '../../../app/scope.ts';
import { Page, Section } from '../../../components/page.tsx';
import { plural } from '../../../lib/format.ts';
import {
  EXPORT_FORMATS,
  exportAddress,
  filterParts,
  readEventFilter,
  scoped,
  withoutPart,
} from '../shared/event-filter.ts';
import type { EventFilter, ExportFormat } from '../shared/event-filter.ts';
import { Facets } from '../shared/facets.tsx';
import { FilterParts } from '../shared/filter-parts.tsx';
import { ExportColumns } from './export-columns.tsx';
import './exports-page.css';

const route = getRouteApi('/app/exports');

const FORMATS: Readonly<Record<ExportFormat, readonly [name: string, use: string]>> = {
  csv: ['CSV', 'For spreadsheets. Text that they would take for a formula begins with an apostrophe.'],
  report: ['Report', 'One page by account and check, to read, send or print: the 5000 worst at most.'],
  jsonl: ['JSON lines', 'One event in each line, as the API and vedette event list -o jsonl have it.'],
  ocsf: ['OCSF', 'One OCSF Compliance Finding in each line, for a SIEM or a data lake.'],
  asff: ['ASFF', 'One finding in each line, as BatchImportFindings of AWS Security Hub takes it.'],
};

export function ExportsPage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const { format = 'csv' } = search;
  const filter = readEventFilter({ ...search });
  const asked = scoped(filter, useScopedAccounts());
  const facets = useQuery(facetsQuery(asked));
  const setFilter = (next: EventFilter): void => void navigate({ search: { ...next, format } });
  return (
    <Page
      title="Exports"
      lead="All events that the filters meet, in one file, however many they are."
      actions={
        <a href={exportAddress(format, asked)} download className="button" data-look="primary">
          Download {FORMATS[format][0]}
          {facets.data?.exact === true && ` (${plural(facets.data.total, 'event')})`}
        </a>
      }
    >
      <FormatChoice format={format} filter={filter} />
      <div className="events-layout">
        <Facets query={facets} open filter={filter} onFilter={setFilter} />
        <div className="events-list">
          <Section title="Filters">
            {filterParts(filter).length === 0 ? (
              <p>None: every event, whatever its status.</p>
            ) : (
              <FilterParts
                filter={filter}
                onRemove={({ name, value }) => setFilter(withoutPart(filter, name, value))}
                onClear={() => setFilter({})}
              />
            )}
            <p>
              <Link to="/events" search={filter}>
                Look at these events
              </Link>{' '}
              first, or search there and come back.
            </p>
          </Section>
          <Section title="What is in the file">
            {format === 'report' ? (
              <p>
                For each account and check: why it matters, what to do, and every resource with its status.
              </p>
            ) : (
              <ExportColumns format={format} />
            )}
          </Section>
        </div>
      </div>
    </Page>
  );
}

function FormatChoice({ format, filter }: { format: ExportFormat; filter: EventFilter }) {
  return (
    <ul className="tiles format-choice" aria-label="Format">
      {EXPORT_FORMATS.map((choice) => (
        <li key={choice}>
          <Link
            to="/exports"
            className="tile"
            search={{ ...filter, format: choice }}
            resetScroll={false}
            activeOptions={{ exact: true }}
            aria-current={choice === format ? 'true' : undefined}
          >
            <strong>{FORMATS[choice][0]}</strong>
            <span>{FORMATS[choice][1]}</span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
