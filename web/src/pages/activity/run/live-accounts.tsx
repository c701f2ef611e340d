import type { LiveAccount } from '../../../../../src/api/schemas/runs.ts';
import { STAGES } from '../../../../../src/model/run.ts';
import { StatusBadge } from '../../../components/badge.tsx';
import { DataTable } from '../../../components/data-table.tsx';
import { SourceName } from '../../../components/sources.tsx';
import { Empty } from '../../../components/states.tsx';
import { columnsOf } from '../../../components/table-columns.ts';
import { Plain, WebLink } from '../../../components/text.tsx';
import { Time } from '../../../components/time.tsx';
import { plural } from '../../../lib/format.ts';
import './live-accounts.css';

const column = columnsOf<LiveAccount>();
const columns = column.columns([
  column.accessor('profile', {
    header: 'Account',
    cell: ({ getValue }) => <Plain>{getValue()}</Plain>,
    meta: { names: true },
  }),
  column.accessor('source', {
    header: 'Source',
    cell: ({ getValue }) => <SourceName id={getValue()} />,
    meta: { source: true },
  }),
  column.accessor('state', {
    header: 'State',
    cell: ({ row: { original } }) => <StatusBadge status={original.outcome ?? original.state} />,
  }),
  column.accessor('stage', {
    header: 'Stage',
    cell: ({ row: { original } }) => <Stages account={original} />,
  }),
  column.accessor('stageStartedAt', { header: 'Since', cell: ({ getValue }) => <Time at={getValue()} /> }),
  column.accessor('note', {
    header: 'Last line',
    cell: ({ row: { original } }) => <Note account={original} />,
    meta: { wide: true },
  }),
  column.accessor('temporalUrl', {
    header: 'Temporal',
    cell: ({ getValue }) => <WorkflowLink address={getValue()} />,
  }),
]);

/** Lines of the scanner look like lines of a program; why an account failed is a sentence. */
function Note({ account: { note, state } }: { account: LiveAccount }) {
  if (note === null) return null;
  if (state === 'ended') return <Plain>{note}</Plain>;
  return (
    <code className="id">
      <Plain>{note}</Plain>
    </code>
  );
}

function WorkflowLink({ address }: { address: string | null }) {
  return address === null ? null : <WebLink address={address}>Workflow</WebLink>;
}

/** The parts of a scan, such as regions: which ones are done, and what each says of itself. */
function Parts({ account: { profile, source, parts } }: { account: LiveAccount }) {
  return (
    <section className="parts" aria-label={`Parts of ${profile}`}>
      <h3>
        <Plain>{profile}</Plain> <SourceName id={source} />
      </h3>
      <ul>
        {parts.map(({ label, state, note }) => (
          <li key={label}>
            <StatusBadge status={state} /> <Plain>{label}</Plain>
            {note !== null && (
              <span className="muted">
                {' '}
                <Plain>{note}</Plain>
              </span>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The steps as a row of marks, the one under way named. */
function Stages({ account: { state, stage, outcome } }: { account: LiveAccount }) {
  const done = outcome === 'success';
  const current = done ? STAGES.length : stage === null ? -1 : STAGES.indexOf(stage);
  const name = done ? 'all done' : (stage ?? (state === 'ended' ? 'ended' : 'not begun'));
  return (
    <span className="stages">
      {STAGES.map((step, index) => (
        <span
          key={step}
          className="stage"
          aria-hidden="true"
          data-state={index < current ? 'done' : index === current ? 'current' : 'ahead'}
        />
      ))}
      <span>{name}</span>
    </span>
  );
}

export function LiveAccounts({ accounts }: { accounts: readonly LiveAccount[] }) {
  const ended = accounts.filter(({ state }) => state === 'ended').length;
  const several = new Set(accounts.map(({ source }) => source)).size > 1;
  return (
    <>
      <p role="status" className="progress-line">
        {ended} of {plural(accounts.length, several ? 'scan' : 'account')} done
      </p>
      <DataTable
        caption="Accounts of the run"
        columns={columns}
        rows={accounts}
        rowId={({ profile, source }) => `${source}/${profile}`}
        empty={
          <Empty title="Looking up the accounts…">
            <p className="muted">They appear here as soon as the run has listed them.</p>
          </Empty>
        }
      />
      {accounts
        .filter(({ parts }) => parts.length > 0)
        .map((account) => (
          <Parts key={`${account.source}/${account.profile}`} account={account} />
        ))}
    </>
  );
}
