import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { CoverageHistory } from '../../../../../src/api/schemas/coverage.ts';
import { useScopedAccounts } from '../../../app/scope.ts';
import { AccountName } from '../../../components/account-name.tsx';
import { DataTable } from '../../../components/data-table.tsx';
import { Page, Section } from '../../../components/page.tsx';
import { Empty, QueryView } from '../../../components/states.tsx';
import { columnsOf } from '../../../components/table-columns.ts';
import { Plain } from '../../../components/text.tsx';
import { Time } from '../../../components/time.tsx';
import { dayText, exactTime } from '../../../lib/format.ts';
import { CoverageTabs } from '../shared/coverage-tabs.tsx';
import { historyQuery } from '../shared/queries.ts';
import { CoverageChart } from './coverage-chart.tsx';

const column = columnsOf<CoverageHistory['scans'][number]>();
const columns = column.columns([
  column.accessor('scanTime', {
    header: 'Scanned',
    cell: ({ getValue }) => <Time at={getValue()} />,
    meta: { names: true },
  }),
  column.accessor('accountId', {
    header: 'Account',
    cell: ({ getValue }) => <AccountName accountId={getValue()} short />,
    meta: { wide: true },
  }),
  ...(['covered', 'partial', 'uncovered'] as const).map((kind) =>
    column.accessor(({ figures }) => figures[kind], {
      id: kind,
      header: kind.charAt(0).toUpperCase() + kind.slice(1),
      meta: { end: true },
    }),
  ),
  column.accessor(({ figures }) => figures.effective, {
    id: 'effective',
    header: 'Effective %',
    meta: { end: true },
  }),
]);

/** How coverage went on in 90 days; what was lost and won since then, and why. */
export function HistoryPage() {
  const account = useScopedAccounts();
  const query = useQuery(historyQuery({ account }));
  return (
    <Page title="Coverage history" lead="The figures of each scan, and what was lost and won in 90 days.">
      <CoverageTabs />
      <QueryView query={query}>
        {({ scans, lost, won }) => (
          <>
            {scans.length > 0 && (
              <Section title="Effective coverage, as scans found it">
                <CoverageChart scans={scans} />
              </Section>
            )}
            <Section title="Lost">
              <Changes changes={lost} none="Nothing was lost." />
            </Section>
            <Section title="Won">
              <Changes changes={won} none="Nothing was won." />
            </Section>
            <Section title="Scans">
              <DataTable
                caption="Scans"
                columns={columns}
                rows={scans.toReversed()}
                rowId={({ scanId }) => String(scanId)}
                empty={<Empty title="No scan in this time" />}
              />
            </Section>
          </>
        )}
      </QueryView>
    </Page>
  );
}

function Changes({ changes, none }: { changes: CoverageHistory['lost']; none: string }) {
  if (changes.length === 0) return <p className="muted">{none}</p>;
  return (
    <ul>
      {changes.map(({ id, name, from, to, since, because }) => (
        <li key={id}>
          <Link to="/coverage/$technique" params={{ technique: id }}>
            {id} {name}
          </Link>
          : {from} to {to}
          {since !== null && (
            <>
              {' '}
              since{' '}
              <time dateTime={since} title={exactTime(since)}>
                {dayText(since.slice(0, 10))}
              </time>
            </>
          )}
          {because.length > 0 && <Plain>{`, because ${because.join('; ')}`}</Plain>}
        </li>
      ))}
    </ul>
  );
}
