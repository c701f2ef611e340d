import { Link, Outlet } from '@tanstack/react-router';
import { Page } from '../../../components/page.tsx';

export function SettingsPage() {
  return (
    <Page title="Settings">
      <nav className="tabs" aria-label="Settings">
        <Link to="/settings" activeOptions={{ exact: true }}>
          Appearance
        </Link>
        <Link to="/settings/tokens">Tokens</Link>
        <Link to="/settings/sessions">Sessions</Link>
        <Link to="/settings/notifications" activeOptions={{ includeSearch: false }}>
          Notifications
        </Link>
        <Link to="/settings/audit" activeOptions={{ includeSearch: false }}>
          Audit log
        </Link>
      </nav>
      <Outlet />
    </Page>
  );
}
