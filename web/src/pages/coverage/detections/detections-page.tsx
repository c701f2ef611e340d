import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import type { DetectionList } from '../../../../../src/api/schemas/coverage.ts';
import { useScopedAccounts } from '../../../app/scope.ts';
import { AccountName } from '../../../components/account-name.tsx';
import { StatusBadge } from '../../../components/badge.tsx';
import { DataTable } from '../../../components/data-table.tsx';
import { Page } from '../../../components/page.tsx';
import { Empty, QueryView, Skeleton } from '../../../components/states.tsx';
import { columnsOf } from '../../../components/table-columns.ts';
import { Plain } from '../../../components/text.tsx';
import { titleCase } from '../../../lib/format.ts';
import { CorrectButton } from '../shared/correct-button.tsx';
import { Corrections } from '../shared/corrections.tsx';
import { CoverageTabs } from '../shared/coverage-tabs.tsx';
import { KINDS } from '../shared/kinds.ts';
import { detectionsQuery } from '../shared/queries.ts';
import { HEALTHS } from './search.ts';
import './detections-page.css';

type Detection = DetectionList['detections'][number];
const route = getRouteApi('/app/coverage/detections');
const column = columnsOf<Detection>();
const columns = column.columns([
  column.accessor('name', {
    header: 'Detection',
    cell: ({ getValue }) => <Plain>{getValue()}</Plain>,
    meta: { names: true },
  }),
  column.accessor('health', {
    header: 'Health',
    cell: ({ getValue }) => <StatusBadge status={getValue()} />,
  }),
  column.accessor('kind', {
    header: 'Kind',
    cell: ({ getValue }) => KINDS[getValue()],
    meta: { detail: true },
  }),
  column.accessor('accountId', {
    header: 'Account',
    cell: ({ getValue }) => <AccountName accountId={getValue()} short />,
  }),
  column.accessor('region', { header: 'Region', meta: { detail: true } }),
  column.accessor('techniques', {
    header: 'Techniques',
    cell: ({ getValue }) => <Techniques ids={getValue()} />,
  }),
  column.accessor('reasons', {
    header: 'Why',
    cell: ({ getValue }) => <Reasons reasons={getValue()} />,
    meta: { wide: true },
  }),
  column.display({
    id: 'correct',
    header: 'Change',
    cell: ({ row: { original } }) => <CorrectButton detection={original} />,
  }),
]);

/** Every detection: whether it works, and why not. */
export function DetectionsPage() {
  const { health } = route.useSearch();
  const navigate = route.useNavigate();
  const account = useScopedAccounts();
  const query = useQuery(detectionsQuery({ account, health }));
  return (
    <Page title="Detections" lead="What would notice an attack, and whether it works.">
      <CoverageTabs />
      <section className="filter-bar" aria-label="Filters">
        <label className="inline-field">
          Health
          <select
            value={health ?? ''}
            onChange={({ target: { value } }) =>
              void navigate({ search: { health: HEALTHS.find((one) => one === value) } })
            }
          >
            <option value="">All</option>
            {HEALTHS.map((one) => (
              <option key={one} value={one}>
                {titleCase(one)}
              </option>
            ))}
          </select>
        </label>
      </section>
      <QueryView query={query} skeleton={<Skeleton rows={16} />}>
        {({ detections }) => (
          <DataTable
            caption="Detections"
            columns={columns}
            rows={[...detections]}
            rowId={({ accountId, id }) => `${accountId} ${id}`}
            empty={
              <Empty title={health === undefined ? 'No detection' : `No detection is ${health}`}>
                {health === undefined && (
                  <p>
                    The accounts have none, or no scan has looked: run{' '}
                    <code>vedette scan run --source detections</code>.
                  </p>
                )}
              </Empty>
            }
          />
        )}
      </QueryView>
      <Corrections />
    </Page>
  );
}

const SHOWN = 6;

function Techniques({ ids }: { ids: readonly string[] }) {
  return (
    <>
      {ids.slice(0, SHOWN).map((id) => (
        <span key={id}>
          <Link to="/coverage/$technique" params={{ technique: id }}>
            {id}
          </Link>{' '}
        </span>
      ))}
      {ids.length > SHOWN && <span className="muted">and {ids.length - SHOWN} more</span>}
    </>
  );
}

function Reasons({ reasons }: { reasons: Detection['reasons'] }) {
  if (reasons.length === 0) return null;
  return (
    <ul className="reasons">
      {reasons.map(({ code, text, remedy, fact }) => (
        <li key={`${code} ${fact}`}>
          <Plain>{text}</Plain> <Plain>{remedy}</Plain> <code>{fact}</code>
        </li>
      ))}
    </ul>
  );
}
