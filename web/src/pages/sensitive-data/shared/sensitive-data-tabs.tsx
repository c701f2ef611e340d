import { Link } from '@tanstack/react-router';
import { Tabs } from '../../../components/tabs.tsx';

/** The first page of the area has an address with which those of the others begin. */
const EXACT = { exact: true, includeSearch: false };
const ANY_SEARCH = { includeSearch: false };

/** The pages of the area: where something is, what it is, and what looked for it. */
export function SensitiveDataTabs() {
  return (
    <Tabs label="Sensitive data">
      <Link to="/sensitive-data" activeOptions={EXACT}>
        Buckets
      </Link>
      <Link to="/sensitive-data/results" activeOptions={ANY_SEARCH}>
        Matches
      </Link>
      <Link to="/sensitive-data/jobs" activeOptions={ANY_SEARCH}>
        Jobs
      </Link>
    </Tabs>
  );
}
