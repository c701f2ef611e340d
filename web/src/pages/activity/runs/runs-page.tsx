import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { runsQuery } from '../../../api/queries.ts';
import { useDisabledReason } from '../../../app/session.ts';
import { Button } from '../../../components/button.tsx';
import { Page } from '../../../components/page.tsx';
import { Pagination } from '../../../components/pagination.tsx';
import { RunsTable } from '../../../components/runs-table.tsx';
import { Empty, QueryView, Skeleton } from '../../../components/states.tsx';
import { ActivityTabs } from '../shared/activity-tabs.tsx';
import { StartRunDialog } from './start-run-dialog.tsx';

const route = getRouteApi('/app/runs');

export function RunsPage() {
  const { cursor, dialog } = route.useSearch();
  const navigate = route.useNavigate();
  const query = useQuery(runsQuery({ cursor }));
  const notAllowed = useDisabledReason('run');
  const show = (next: 'start' | undefined): void => void navigate({ search: { cursor, dialog: next } });
  return (
    <Page
      title="Runs"
      lead="One run scans a set of accounts and goes on when one of them fails."
      actions={
        <Button look="primary" disabledReason={notAllowed} onClick={() => show('start')}>
          Start a run…
        </Button>
      }
    >
      <ActivityTabs />
      <QueryView query={query} skeleton={<Skeleton rows={12} />}>
        {({ runs, nextCursor }) => (
          <>
            <RunsTable
              runs={runs}
              empty={
                <Empty title="No runs yet">
                  <p>
                    <Link to="/runs" search={{ dialog: 'start' }}>
                      Start a run
                    </Link>
                    , or make a <Link to="/schedules">schedule</Link> that starts them.
                  </p>
                </Empty>
              }
            />
            <Pagination cursor={cursor} nextCursor={nextCursor} />
          </>
        )}
      </QueryView>
      {dialog === 'start' && <StartRunDialog notAllowed={notAllowed} onClose={() => show(undefined)} />}
    </Page>
  );
}
