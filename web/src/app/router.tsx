import type { QueryClient } from '@tanstack/react-query';
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router';
import { ApiError } from '../api/client.ts';
import { sessionQuery } from '../api/queries.ts';
import { ProblemView } from '../components/problem.tsx';
import { Skeleton } from '../components/states.tsx';
import {
  readAccounts,
  readCursor,
  readEvents,
  readExports,
  readOverview,
  readPreview,
  readRuns,
  readScan,
  readScans,
  readSchedule,
  readSchedules,
  readSignIn,
} from '../lib/page-search.ts';
import { parseSearch, stringifySearch } from '../lib/search-params.ts';
import { Shell } from './shell.tsx';
import { Toasts } from './toast-region.tsx';

const root = createRootRouteWithContext<{ queries: QueryClient }>()({
  component: () => (
    <>
      <Outlet />
      <Toasts />
    </>
  ),
});

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: readSignIn,
  component: lazyRouteComponent(() => import('../pages/home/sign-in/sign-in-page.tsx'), 'SignInPage'),
});

/** Everything that needs a session stands inside this one. */
const app = createRoute({
  getParentRoute: () => root,
  id: 'app',
  beforeLoad: async ({ context, location }) => {
    try {
      await context.queries.ensureQueryData(sessionQuery);
    } catch (error) {
      if (!(error instanceof ApiError) || error.problem.status !== 401) throw error;
      redirect({ to: '/sign-in', search: { returnTo: location.href }, replace: true, throw: true });
    }
  },
  component: Shell,
});

const overview = createRoute({
  getParentRoute: () => app,
  path: '/',
  validateSearch: readOverview,
  component: lazyRouteComponent(() => import('../pages/home/overview/overview-page.tsx'), 'OverviewPage'),
});
const events = createRoute({
  getParentRoute: () => app,
  path: '/events',
  validateSearch: readEvents,
  component: lazyRouteComponent(() => import('../pages/events/events/events-page.tsx'), 'EventsPage'),
});
const runs = createRoute({
  getParentRoute: () => app,
  path: '/runs',
  validateSearch: readRuns,
  component: lazyRouteComponent(() => import('../pages/activity/runs/runs-page.tsx'), 'RunsPage'),
});
const run = createRoute({
  getParentRoute: () => app,
  path: '/runs/$runId',
  component: lazyRouteComponent(() => import('../pages/activity/run/run-page.tsx'), 'RunPage'),
});
const scans = createRoute({
  getParentRoute: () => app,
  path: '/scans',
  validateSearch: readScans,
  component: lazyRouteComponent(() => import('../pages/activity/scans/scans-page.tsx'), 'ScansPage'),
});
const scan = createRoute({
  getParentRoute: () => app,
  path: '/scans/$scanId',
  validateSearch: readScan,
  component: lazyRouteComponent(() => import('../pages/activity/scan/scan-page.tsx'), 'ScanPage'),
});
const schedules = createRoute({
  getParentRoute: () => app,
  path: '/schedules',
  validateSearch: readSchedules,
  component: lazyRouteComponent(
    () => import('../pages/activity/schedules/schedules-page.tsx'),
    'SchedulesPage',
  ),
});
const schedule = createRoute({
  getParentRoute: () => app,
  path: '/schedules/$name',
  validateSearch: readSchedule,
  component: lazyRouteComponent(() => import('../pages/activity/schedule/schedule-page.tsx'), 'SchedulePage'),
});
const accounts = createRoute({
  getParentRoute: () => app,
  path: '/accounts',
  validateSearch: readAccounts,
  component: lazyRouteComponent(() => import('../pages/accounts/accounts/accounts-page.tsx'), 'AccountsPage'),
});
const exports = createRoute({
  getParentRoute: () => app,
  path: '/exports',
  validateSearch: readExports,
  component: lazyRouteComponent(() => import('../pages/events/exports/exports-page.tsx'), 'ExportsPage'),
});
const settings = createRoute({
  getParentRoute: () => app,
  path: '/settings',
  component: lazyRouteComponent(() => import('../pages/settings/shared/settings-page.tsx'), 'SettingsPage'),
});
const appearance = createRoute({
  getParentRoute: () => settings,
  path: '/',
  component: lazyRouteComponent(() => import('../pages/settings/appearance/appearance.tsx'), 'Appearance'),
});
const tokens = createRoute({
  getParentRoute: () => settings,
  path: '/tokens',
  component: lazyRouteComponent(() => import('../pages/settings/tokens/tokens.tsx'), 'Tokens'),
});
const notifications = createRoute({
  getParentRoute: () => settings,
  path: '/notifications',
  validateSearch: readPreview,
  component: lazyRouteComponent(
    () => import('../pages/settings/notifications/notifications.tsx'),
    'Notifications',
  ),
});
const audit = createRoute({
  getParentRoute: () => settings,
  path: '/audit',
  validateSearch: readCursor,
  component: lazyRouteComponent(() => import('../pages/settings/audit/audit.tsx'), 'Audit'),
});
const notFound = createRoute({
  getParentRoute: () => app,
  path: '/$',
  component: lazyRouteComponent(() => import('../pages/home/not-found/not-found-page.tsx'), 'NotFoundPage'),
});

const routeTree = root.addChildren([
  signIn,
  app.addChildren([
    overview,
    events,
    runs,
    run,
    scans,
    scan,
    schedules,
    schedule,
    accounts,
    exports,
    settings.addChildren([appearance, tokens, notifications, audit]),
    notFound,
  ]),
]);

export function createAppRouter(queries: QueryClient) {
  return createRouter({
    routeTree,
    context: { queries },
    parseSearch,
    stringifySearch,
    defaultPreload: 'intent',
    scrollRestoration: true,
    defaultPendingComponent: () => <Skeleton />,
    defaultErrorComponent: ({ error, reset }) => <ProblemView error={error as Error} onRetry={reset} />,
  });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createAppRouter>;
  }
  interface HistoryState {
    /** Cursors of the pages before, the first page as an empty one. */
    trail?: string[];
  }
}
