import { Link } from '@tanstack/react-router';
import type { AccountOutcome } from '../../../../../src/api/schemas/runs.ts';
import { printable } from '../../../../../src/text/printable.ts';
import { AccountName } from '../../../components/account-name.tsx';
import { StatusBadge } from '../../../components/badge.tsx';
import { DataTable } from '../../../components/data-table.tsx';
import { SourceName } from '../../../components/sources.tsx';
import { columnsOf } from '../../../components/table-columns.ts';
import { Plain } from '../../../components/text.tsx';
import { numberText } from '../../../lib/format.ts';
import './account-outcomes.css';

const column = columnsOf<AccountOutcome>();
const columns = column.columns([
  column.accessor('profile', {
    header: 'Account',
    cell: ({ row: { original } }) =>
      original.accountId === null ? (
        <Plain>{original.profile}</Plain>
      ) : (
        <AccountName accountId={original.accountId} name={original.profile} />
      ),
    meta: { names: true },
  }),
  column.accessor('source', {
    header: 'Source',
    cell: ({ getValue }) => <SourceName id={getValue()} />,
    meta: { source: true },
  }),
  column.accessor('outcome', {
    header: 'Outcome',
    cell: ({ getValue }) => <StatusBadge status={getValue()} />,
  }),
  column.accessor('scan', {
    header: 'Events',
    cell: ({ row: { original } }) => <Outcome account={original} />,
    meta: { wide: true },
  }),
  column.display({
    id: 'scan-link',
    header: 'Scan',
    cell: ({ row: { original } }) => <ScanLink id={original.scan?.scanId ?? null} />,
  }),
]);

function ScanLink({ id }: { id: number | null }) {
  if (id === null) return <>–</>;
  return (
    <Link to="/scans/$scanId" params={{ scanId: String(id) }}>
      scan {id}
    </Link>
  );
}

function Outcome({ account: { scan, error, stage } }: { account: AccountOutcome }) {
  if (error !== null) return <Failure error={error} stage={stage} />;
  if (scan === null) return <>–</>;
  const { total, ...counts } = scan.events;
  const changes = Object.entries(counts).map(([name, count]) => `${numberText(count)} ${name}`);
  return (
    <>
      {numberText(total)}: {changes.join(', ')}
      {scan.warnings.map((warning) => (
        <p key={warning} className="muted">
          <Plain>{warning}</Plain>
        </p>
      ))}
    </>
  );
}

type Failed = NonNullable<AccountOutcome['error']>;

function Failure({ error, stage }: { error: Failed; stage: AccountOutcome['stage'] }) {
  const { message, remedy, exitCode, lastLines = [] } = error;
  return (
    <div className="failure">
      <p>
        {stage !== null && <strong>In {stage}: </strong>}
        <Plain>{message}</Plain>
        {exitCode !== undefined && <span className="muted"> (exit code {exitCode})</span>}
      </p>
      <p className="muted">
        <Plain>{remedy}</Plain>
      </p>
      {lastLines.length > 0 && (
        <details>
          <summary>Last lines</summary>
          <pre>{lastLines.map((line) => printable(line)).join('\n')}</pre>
        </details>
      )}
    </div>
  );
}

export function AccountOutcomes({ accounts }: { accounts: readonly AccountOutcome[] }) {
  return (
    <DataTable
      caption="What came of each account"
      columns={columns}
      rows={accounts}
      rowId={({ profile, source }) => `${source}/${profile}`}
      empty={null}
    />
  );
}
