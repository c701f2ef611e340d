import { Link } from '@tanstack/react-router';
import { Tabs } from '../../../components/tabs.tsx';

const ANY_SEARCH = { includeSearch: false };

/** The pages of the area; what begins runs, what they are, and what came of each account. */
export function ActivityTabs() {
  return (
    <Tabs label="Activity">
      <Link to="/runs" activeOptions={ANY_SEARCH}>
        Runs
      </Link>
      <Link to="/scans" activeOptions={ANY_SEARCH}>
        Scans
      </Link>
      <Link to="/schedules" activeOptions={ANY_SEARCH}>
        Schedules
      </Link>
    </Tabs>
  );
}
