import { getRouteApi, Link } from '@tanstack/react-router';
import type { FrameworkStanding, Requirement } from '../../../../../src/api/schemas/compliance.ts';
import { REQUIREMENT_STATES } from '../../../../../src/model/compliance.ts';
import type { RequirementState } from '../../../../../src/model/compliance.ts';
import { AccountName } from '../../../components/account-name.tsx';
import { StatusBadge } from '../../../components/badge.tsx';
import { DataTable } from '../../../components/data-table.tsx';
import { Empty } from '../../../components/states.tsx';
import { columnsOf } from '../../../components/table-columns.ts';
import { Id, Plain } from '../../../components/text.tsx';
import { Time } from '../../../components/time.tsx';
import { numberText, plural } from '../../../lib/format.ts';
import type { FrameworkSearch } from './search.ts';

const route = getRouteApi('/app/compliance/$framework');

type Check = Requirement['checks'][number];

/** Every requirement by its section; one of them is open, with its checks and accounts. */
export function Requirements({ standing, several }: { standing: FrameworkStanding; several: boolean }) {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const { state, find = '', requirement: open } = search;
  const change = (part: FrameworkSearch): void =>
    void navigate({ search: { ...search, ...part }, replace: true });
  const found = standing.requirements.filter(({ id, title }) =>
    `${id} ${title}`.toLowerCase().includes(find.toLowerCase()),
  );
  const shown = found.filter((one) => state === undefined || one.state === state);
  const sections = [...new Set(shown.map(({ section }) => section))];
  return (
    <>
      <section className="filter-bar" aria-label="Search and filters">
        <label className="visually-hidden" htmlFor="requirement-search">
          Id or title
        </label>
        <input
          id="requirement-search"
          className="find"
          type="search"
          placeholder="Find by id or title"
          value={find}
          onChange={({ target }) => change({ find: target.value === '' ? undefined : target.value })}
        />
        <StateFilter requirements={found} chosen={state} onChange={(next) => change({ state: next })} />
      </section>
      {shown.length === 0 && <Empty title="No requirement meets these filters" />}
      {sections.map((section) => (
        <section key={section} className="requirement-section">
          <h3>
            <Plain>{section}</Plain>
          </h3>
          <ul className="requirements">
            {shown
              .filter((one) => one.section === section)
              .map((one) => (
                <li key={one.id}>
                  <Row
                    requirement={one}
                    isOpen={one.id === open}
                    onToggle={() => change({ requirement: one.id === open ? undefined : one.id })}
                  />
                  {one.id === open && (
                    <Details requirement={one} source={standing.source} several={several} />
                  )}
                </li>
              ))}
          </ul>
        </section>
      ))}
    </>
  );
}

function StateFilter({
  requirements,
  chosen,
  onChange,
}: {
  requirements: readonly Requirement[];
  chosen: RequirementState | undefined;
  onChange: (state: RequirementState | undefined) => void;
}) {
  const counted = REQUIREMENT_STATES.map((state) => ({
    state,
    count: requirements.filter((one) => one.state === state).length,
  }));
  return (
    <div className="state-filter" role="group" aria-label="State">
      {counted
        .filter(({ state, count }) => count > 0 || state === chosen)
        .map(({ state, count }) => (
          <button
            key={state}
            type="button"
            className="chip"
            aria-pressed={state === chosen}
            onClick={() => onChange(state === chosen ? undefined : state)}
          >
            <StatusBadge status={state} /> {count}
          </button>
        ))}
    </div>
  );
}

function Row({
  requirement: { id, title, state, mapping, accepted, change, checks },
  isOpen,
  onToggle,
}: {
  requirement: Requirement;
  isOpen: boolean;
  onToggle: () => void;
}) {
  const failing = checks.reduce((sum, { fail }) => sum + fail, 0);
  return (
    <button type="button" className="requirement" aria-expanded={isOpen} onClick={onToggle}>
      <StatusBadge status={state} />
      <span className="requirement-id">
        <Plain>{id}</Plain>
      </span>
      <span className="requirement-title">
        <Plain>{title}</Plain>
        {mapping === 'own' && <span className="mark">own mapping only</span>}
        {accepted && <span className="mark">accepted failures</span>}
        {change !== null && <span className={`mark ${change}`}>{change} than before</span>}
      </span>
      <span className="muted">
        {failing > 0
          ? plural(failing, 'failing resource')
          : checks.length > 0 && plural(checks.length, 'check')}
      </span>
    </button>
  );
}

function Details({
  requirement: { remark, checks, states, statesBefore, change, failingSince },
  source,
  several,
}: {
  requirement: Requirement;
  source: string;
  several: boolean;
}) {
  return (
    <div className="requirement-details">
      {failingSince !== null && (
        <p className="muted">
          First seen failing <Time at={failingSince} />, and not seen to pass since
        </p>
      )}
      {remark !== null && (
        <p className="muted">
          <Plain>{remark}</Plain>
        </p>
      )}
      {change !== null && <Changed states={states} before={statesBefore} />}
      {several && <Accounts states={states} />}
      {checks.length === 0 ? (
        <p>No check can tell: this is to be shown by other means.</p>
      ) : (
        <DataTable
          caption="Checks of the requirement"
          columns={columnsFor(source)}
          rows={checks}
          rowId={({ checkId }) => checkId}
          empty={null}
        />
      )}
    </div>
  );
}

/** Accounts that stand otherwise than after the scan before their last one. */
function Changed({ states, before }: { states: Requirement['states']; before: Requirement['statesBefore'] }) {
  const changed = Object.entries(before).filter(([accountId, state]) => states[accountId] !== state);
  return (
    <ul className="requirement-accounts" aria-label="Since the scan before the last one">
      {changed.slice(0, MOST_NAMED).map(([accountId, state]) => (
        <li key={accountId}>
          <AccountName accountId={accountId} short />
          <span>
            <span className="muted">before</span> <StatusBadge status={state} />
          </span>
          <span>
            <span className="muted">now</span> <StatusBadge status={states[accountId] ?? state} />
          </span>
        </li>
      ))}
      {changed.length > MOST_NAMED && (
        <li className="muted">and {numberText(changed.length - MOST_NAMED)} more</li>
      )}
    </ul>
  );
}

/** Most accounts stand alike: the gravest state first, and who stands so. */
function Accounts({ states }: { states: Requirement['states'] }) {
  const entries = Object.entries(states);
  return (
    <ul className="requirement-accounts" aria-label="By account">
      {REQUIREMENT_STATES.filter((state) => state !== 'manual').flatMap((state) => {
        const accounts = entries.filter(([, own]) => own === state);
        if (accounts.length === 0) return [];
        return (
          <li key={state}>
            <StatusBadge status={state} />
            {accounts.slice(0, MOST_NAMED).map(([accountId]) => (
              <AccountName key={accountId} accountId={accountId} short />
            ))}
            {accounts.length > MOST_NAMED && (
              <span className="muted">and {numberText(accounts.length - MOST_NAMED)} more</span>
            )}
          </li>
        );
      })}
    </ul>
  );
}

const MOST_NAMED = 12;

const column = columnsOf<Check>();
const COUNTS = [
  ['fail', 'Fail'],
  ['pass', 'Pass'],
  ['unknown', 'Unknown'],
  ['suppressed', 'Accepted'],
] as const;

function columnsFor(source: string) {
  return column.columns([
    column.accessor('title', {
      header: 'Check',
      cell: ({ row: { original } }) => (
        <span className="event-name">
          <Link
            to="/checks/$source/$service/$checkId"
            params={{ source, service: original.service, checkId: original.checkId }}
            search={original.fail + original.suppressed > 0 ? {} : { tab: 'asks' }}
            className="row-link"
          >
            <Plain>{original.title}</Plain>
          </Link>
          <Id>{original.checkId}</Id>
        </span>
      ),
      meta: { names: true, wide: true },
    }),
    ...COUNTS.map(([count, header]) =>
      column.accessor(count, {
        header,
        cell: ({ row: { original } }) => (original.asked ? numberText(original[count]) : '–'),
        meta: { end: true },
      }),
    ),
    column.accessor('asked', {
      header: 'Asked',
      cell: ({ getValue }) => (getValue() ? 'yes' : 'by no scan'),
      meta: { detail: true },
    }),
    column.accessor('mapping', { header: 'Mapping', cell: ({ getValue }) => getValue() }),
  ]);
}
