import { Link } from '@tanstack/react-router';
import { Tabs } from '../../../components/tabs.tsx';

const ANY_SEARCH = { includeSearch: false };

/** The pages of the area: what is demanded, and what looks at it. */
export function ComplianceTabs() {
  return (
    <Tabs label="Compliance">
      <Link to="/compliance" activeOptions={ANY_SEARCH}>
        Frameworks
      </Link>
      <Link to="/checks" activeOptions={ANY_SEARCH}>
        Checks
      </Link>
    </Tabs>
  );
}
