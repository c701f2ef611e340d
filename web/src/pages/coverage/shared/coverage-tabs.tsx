import { Link } from '@tanstack/react-router';
import { Tabs } from '../../../components/tabs.tsx';

const ANY_SEARCH = { includeSearch: false, exact: true };

/** The pages of the area: what is seen, what is not, by what, and how it went on. */
export function CoverageTabs() {
  return (
    <Tabs label="Coverage">
      <Link to="/coverage" activeOptions={ANY_SEARCH}>
        Matrix
      </Link>
      <Link to="/coverage/gaps" activeOptions={ANY_SEARCH}>
        Gaps
      </Link>
      <Link to="/coverage/detections" activeOptions={ANY_SEARCH}>
        Detections
      </Link>
      <Link to="/coverage/history" activeOptions={ANY_SEARCH}>
        History
      </Link>
    </Tabs>
  );
}
