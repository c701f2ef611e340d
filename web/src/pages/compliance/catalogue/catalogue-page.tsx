import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import type { CheckCatalogue } from '../../../../../src/api/schemas/checks.ts';
import { LEVELS } from '../../../../../src/model/level.ts';
import { useScopedAccounts } from '../../../app/scope.ts';
import { LevelBadge } from '../../../components/badge.tsx';
import { DataTable } from '../../../components/data-table.tsx';
import { ListPages } from '../../../components/list-pages.tsx';
import { Page } from '../../../components/page.tsx';
import { Empty, QueryView, Skeleton } from '../../../components/states.tsx';
import { columnsOf } from '../../../components/table-columns.ts';
import { Id, Plain } from '../../../components/text.tsx';
import { numberText, titleCase } from '../../../lib/format.ts';
import { sorted } from '../../../lib/sorting.ts';
import { ComplianceTabs } from '../shared/compliance-tabs.tsx';
import { catalogueQuery } from './queries.ts';
import { DEPTHS, SAYS } from './search.ts';
import type { CatalogueSearch } from './search.ts';
import './catalogue-page.css';

const route = getRouteApi('/app/checks');

type Check = CheckCatalogue['checks'][number];

const PAGE_SIZE = 50;
const WORST_FIRST = '-fail';
const KEYS = {
  title: ({ title }: Check) => title,
  level: ({ level }: Check) => LEVELS.indexOf(level),
  service: ({ service }: Check) => service,
  depth: ({ depth }: Check) => DEPTHS.indexOf(depth),
  fail: ({ counts }: Check) => counts?.fail ?? null,
};

/** All our own checks: what each is, and what it says now. */
export function CataloguePage() {
  const query = useQuery(catalogueQuery(useScopedAccounts()));
  return (
    <Page
      title="Checks"
      lead="The catalogue of our own checks, and how many resources each passes and fails."
    >
      <ComplianceTabs />
      <QueryView query={query} skeleton={<Skeleton rows={16} />}>
        {(catalogue) => <Catalogue catalogue={catalogue} />}
      </QueryView>
    </Page>
  );
}

function Catalogue({ catalogue: { source, checks } }: { catalogue: CheckCatalogue }) {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const { sort = WORST_FIRST, page = 1 } = search;
  const shown = checks.filter((check) => isMeant(check, search));
  // What is looked for anew begins on its first page.
  const change = (part: CatalogueSearch): void =>
    void navigate({ search: { ...search, ...part, page: undefined }, replace: true });
  return (
    <>
      <Filters checks={checks} search={search} onChange={change} />
      <DataTable
        caption="Checks"
        columns={columnsFor(source)}
        rows={sorted(sorted(shown, 'level', KEYS), sort, KEYS).slice(
          (page - 1) * PAGE_SIZE,
          page * PAGE_SIZE,
        )}
        rowId={({ id }) => id}
        sorting={{ value: sort, onChange: (value) => change({ sort: value }) }}
        empty={<Empty title="No check meets these filters" />}
      />
      <ListPages page={page} size={PAGE_SIZE} total={shown.length} />
    </>
  );
}

function isMeant(check: Check, { find = '', service, depth, framework, says }: CatalogueSearch): boolean {
  const { counts } = check;
  const saysSo =
    says === undefined || (says === 'not-asked' ? counts === null : counts !== null && counts[says] > 0);
  return (
    saysSo &&
    `${check.id} ${check.title}`.toLowerCase().includes(find.toLowerCase()) &&
    (service === undefined || check.service === service) &&
    (depth === undefined || check.depth === depth) &&
    (framework === undefined || check.frameworks.includes(framework))
  );
}

function Filters({
  checks,
  search,
  onChange,
}: {
  checks: readonly Check[];
  search: CatalogueSearch;
  onChange: (part: CatalogueSearch) => void;
}) {
  const services = [...new Set(checks.map(({ service }) => service))].toSorted();
  const frameworks = [...new Set(checks.flatMap((check) => check.frameworks))];
  return (
    <section className="filter-bar" aria-label="Search and filters">
      <label className="visually-hidden" htmlFor="check-search">
        Id or title
      </label>
      <input
        id="check-search"
        className="find"
        type="search"
        placeholder="Find by id or title"
        value={search.find ?? ''}
        onChange={({ target }) => onChange({ find: target.value === '' ? undefined : target.value })}
      />
      <Choice
        label="Service"
        values={services}
        chosen={search.service}
        onChange={(service) => onChange({ service })}
      />
      <Choice label="Depth" values={DEPTHS} chosen={search.depth} onChange={(depth) => onChange({ depth })} />
      <Choice
        label="Framework"
        values={frameworks}
        chosen={search.framework}
        onChange={(framework) => onChange({ framework })}
      />
      <Choice label="Says" values={SAYS} chosen={search.says} onChange={(says) => onChange({ says })} />
    </section>
  );
}

function Choice<Value extends string>({
  label,
  values,
  chosen,
  onChange,
}: {
  label: string;
  values: readonly Value[];
  chosen: Value | undefined;
  onChange: (value: Value | undefined) => void;
}) {
  return (
    <label className="inline-field">
      {label}
      <select
        value={chosen ?? ''}
        onChange={({ target }) => onChange(values.find((value) => value === target.value))}
      >
        <option value="">All</option>
        {values.map((value) => (
          <option key={value} value={value}>
            {value.replaceAll('-', label === 'Says' ? ' ' : '-')}
          </option>
        ))}
      </select>
    </label>
  );
}

const column = columnsOf<Check>();

function columnsFor(source: string) {
  return column.columns([
    column.accessor('title', {
      header: 'Check',
      cell: ({ row: { original } }) => (
        <span className="event-name">
          <Link
            to="/checks/$source/$service/$checkId"
            params={{ source, service: original.service, checkId: original.id }}
            search={{ tab: (original.counts?.fail ?? 0) > 0 ? undefined : 'asks' }}
            className="row-link"
          >
            <Plain>{original.title}</Plain>
          </Link>
          <Id>{original.id}</Id>
        </span>
      ),
      meta: { names: true, wide: true, sort: { key: 'title', first: 'ascending' } },
    }),
    column.accessor('level', {
      header: 'Level',
      cell: ({ getValue }) => <LevelBadge level={getValue()} />,
      meta: { sort: { key: 'level', first: 'ascending' } },
    }),
    column.accessor('service', { header: 'Service', meta: { sort: { key: 'service', first: 'ascending' } } }),
    column.accessor('depth', {
      header: 'Depth',
      cell: ({ getValue }) => titleCase(getValue()),
      meta: { detail: true, sort: { key: 'depth', first: 'ascending' } },
    }),
    column.accessor(({ counts }) => counts?.fail ?? null, {
      id: 'fail',
      header: 'Fail',
      cell: ({ row: { original } }) => countText(original, 'fail'),
      meta: { end: true, sort: { key: 'fail', first: 'descending' } },
    }),
    ...(['pass', 'unknown'] as const).map((verdict) =>
      column.accessor(({ counts }) => counts?.[verdict] ?? null, {
        id: verdict,
        header: titleCase(verdict),
        cell: ({ row: { original } }) => countText(original, verdict),
        meta: { end: true },
      }),
    ),
    column.accessor('frameworks', {
      header: 'Frameworks',
      cell: ({ getValue }) => numberText(getValue().length),
      meta: { end: true, detail: true },
    }),
  ]);
}

function countText({ counts }: Check, verdict: 'pass' | 'fail' | 'unknown') {
  return counts === null ? <span className="muted nothing">–</span> : numberText(counts[verdict]);
}
