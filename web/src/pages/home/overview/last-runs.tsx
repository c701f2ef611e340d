import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { runsQuery } from '../../../api/queries.ts';
import { RunsTable } from '../../../components/runs-table.tsx';
import { Empty, QueryView, Skeleton } from '../../../components/states.tsx';

const SHOWN = 5;

export function LastRuns() {
  const query = useQuery(runsQuery({ limit: SHOWN }));
  return (
    <QueryView query={query} skeleton={<Skeleton rows={SHOWN} />}>
      {({ runs }) => (
        <RunsTable
          runs={runs}
          empty={
            <Empty title="No runs yet">
              <p>
                What is shown was imported.{' '}
                <Link to="/runs" search={{ dialog: 'start' }}>
                  Start a run
                </Link>{' '}
                to scan now.
              </p>
            </Empty>
          }
        />
      )}
    </QueryView>
  );
}
