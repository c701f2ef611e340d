import { Link, Outlet } from '@tanstack/react-router';
import { useSession } from '../../../app/session.ts';
import { Page } from '../../../components/page.tsx';
import { Tabs } from '../../../components/tabs.tsx';

const ANY_SEARCH = { includeSearch: false };

export function SettingsPage() {
  const { plans } = useSession();
  return (
    <Page title="Settings">
      <Tabs label="Settings">
        <Link to="/settings/organisation" activeOptions={ANY_SEARCH}>
          Organisation
        </Link>
        <Link to="/settings/notifications" activeOptions={ANY_SEARCH}>
          Notifications
        </Link>
        <Link to="/settings/suppressions" activeOptions={ANY_SEARCH}>
          Suppressions
        </Link>
        <Link to="/settings/people" activeOptions={ANY_SEARCH}>
          People
        </Link>
        {plans && (
          <Link to="/settings/plan" activeOptions={ANY_SEARCH}>
            Plan
          </Link>
        )}
        <Link to="/settings/tokens" activeOptions={ANY_SEARCH}>
          Tokens
        </Link>
        <Link to="/settings/sessions" activeOptions={ANY_SEARCH}>
          Sessions
        </Link>
        <Link to="/settings/audit" activeOptions={ANY_SEARCH}>
          Audit log
        </Link>
        <Link to="/settings/account" activeOptions={ANY_SEARCH}>
          Your account
        </Link>
        <Link to="/settings" activeOptions={{ exact: true, includeSearch: false }}>
          Appearance
        </Link>
      </Tabs>
      <Outlet />
    </Page>
  );
}
