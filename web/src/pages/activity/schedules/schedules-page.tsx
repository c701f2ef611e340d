import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import type { Schedule } from '../../../../../src/api/schemas/schedules.ts';
import { useDisabledReason } from '../../../app/session.ts';
import { StatusBadge } from '../../../components/badge.tsx';
import { Button } from '../../../components/button.tsx';
import { DataTable } from '../../../components/data-table.tsx';
import { Page } from '../../../components/page.tsx';
import { SourceName } from '../../../components/sources.tsx';
import { Empty, QueryView, Skeleton } from '../../../components/states.tsx';
import { columnsOf } from '../../../components/table-columns.ts';
import { Plain } from '../../../components/text.tsx';
import { Time } from '../../../components/time.tsx';
import { ActivityTabs } from '../shared/activity-tabs.tsx';
import { ScheduleDialog } from '../shared/schedule-dialog.tsx';
import { sourcesText, timingText } from '../shared/schedule-form.ts';
import { schedulesQuery } from './queries.ts';

const route = getRouteApi('/app/schedules');
const column = columnsOf<Schedule>();
const columns = column.columns([
  column.accessor('name', {
    header: 'Schedule',
    cell: ({ getValue }) => (
      <Link to="/schedules/$name" params={{ name: getValue() }} className="row-link">
        <Plain>{getValue()}</Plain>
      </Link>
    ),
    meta: { names: true, wide: true },
  }),
  column.accessor('entry', {
    header: 'When',
    cell: ({ getValue }) => <Plain>{timingText(getValue())}</Plain>,
  }),
  column.display({
    id: 'kind',
    header: 'What',
    cell: ({ row: { original } }) => original.entry.kind ?? 'scan',
  }),
  column.accessor(({ entry }) => sourcesText(entry), {
    id: 'source',
    header: 'Source',
    cell: ({ getValue }) => <SourceName id={getValue()} />,
    meta: { source: true },
  }),
  column.accessor('paused', {
    header: 'Status',
    cell: ({ getValue }) => <StatusBadge status={getValue() ? 'paused' : 'scheduled'} />,
  }),
  column.accessor('nextRunsAt', {
    header: 'Next run',
    cell: ({ row: { original } }) => <Time at={original.paused ? null : (original.nextRunsAt[0] ?? null)} />,
  }),
  column.accessor('recentRuns', {
    header: 'Last run',
    cell: ({ row: { original } }) => <LastRun schedule={original} />,
  }),
]);

function LastRun({ schedule: { recentRuns } }: { schedule: Schedule }) {
  const last = recentRuns.toSorted((a, b) => b.startedAt.localeCompare(a.startedAt))[0];
  if (last === undefined) return <>–</>;
  return (
    <Link to="/runs/$runId" params={{ runId: last.runId }}>
      <Time at={last.startedAt} />
    </Link>
  );
}

export function SchedulesPage() {
  const { dialog } = route.useSearch();
  const navigate = route.useNavigate();
  const query = useQuery(schedulesQuery);
  const notAllowed = useDisabledReason('configure');
  const show = (next: 'create' | undefined): void => void navigate({ search: { dialog: next } });
  return (
    <Page
      title="Schedules"
      lead="Runs that start by themselves."
      actions={
        <Button look="primary" disabledReason={notAllowed} onClick={() => show('create')}>
          New schedule…
        </Button>
      }
    >
      <ActivityTabs />
      <QueryView query={query} skeleton={<Skeleton rows={6} />}>
        {({ schedules }) => (
          <DataTable
            caption="Schedules"
            columns={columns}
            rows={schedules}
            rowId={({ name }) => name}
            empty={
              <Empty title="No schedules yet">
                <p>
                  Make one here, or keep them in a file: <code>vedette schedule apply FILE</code>.
                </p>
              </Empty>
            }
          />
        )}
      </QueryView>
      {dialog === 'create' && <ScheduleDialog notAllowed={notAllowed} onClose={() => show(undefined)} />}
    </Page>
  );
}
