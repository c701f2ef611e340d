import type { QueryClient } from '@tanstack/react-query';
import { createRouter } from '@tanstack/react-router';
import { ProblemView } from '../components/problem.tsx';
import { Skeleton } from '../components/states.tsx';
import { parseSearch, stringifySearch } from '../lib/search-params.ts';
import { accountsRoute } from '../pages/accounts/accounts/route.ts';
import { runRoute } from '../pages/activity/run/route.ts';
import { runsRoute } from '../pages/activity/runs/route.ts';
import { scanRoute } from '../pages/activity/scan/route.ts';
import { scansRoute } from '../pages/activity/scans/route.ts';
import { scheduleRoute } from '../pages/activity/schedule/route.ts';
import { schedulesRoute } from '../pages/activity/schedules/route.ts';
import { catalogueRoute } from '../pages/compliance/catalogue/route.ts';
import { frameworkRoute } from '../pages/compliance/framework/route.ts';
import { frameworksRoute } from '../pages/compliance/frameworks/route.ts';
import { detectionsRoute } from '../pages/coverage/detections/route.ts';
import { gapsRoute } from '../pages/coverage/gaps/route.ts';
import { coverageHistoryRoute } from '../pages/coverage/history/route.ts';
import { coverageRoute } from '../pages/coverage/matrix/route.ts';
import { techniqueRoute } from '../pages/coverage/technique/route.ts';
import { eventsRoute } from '../pages/events/events/route.ts';
import { exportsRoute } from '../pages/events/exports/route.ts';
import { forgotPasswordRoute } from '../pages/home/forgot-password/route.ts';
import { invitationRoute } from '../pages/home/invitation/route.ts';
import { notFoundRoute } from '../pages/home/not-found/route.ts';
import { overviewRoute } from '../pages/home/overview/route.ts';
import { providerReturnRoute } from '../pages/home/provider-return/route.ts';
import { setPasswordRoute } from '../pages/home/set-password/route.ts';
import { signInRoute } from '../pages/home/sign-in/route.ts';
import { verifyEmailRoute } from '../pages/home/verify-email/route.ts';
import { accountRoute } from '../pages/hubs/account/route.ts';
import { checkRoute } from '../pages/hubs/check/route.ts';
import { resourceRoute } from '../pages/hubs/resource/route.ts';
import { bucketsRoute } from '../pages/sensitive-data/buckets/route.ts';
import { jobRoute } from '../pages/sensitive-data/job/route.ts';
import { jobsRoute } from '../pages/sensitive-data/jobs/route.ts';
import { resultsRoute } from '../pages/sensitive-data/results/route.ts';
import { ownAccountRoute } from '../pages/settings/account/route.ts';
import { appearanceRoute } from '../pages/settings/appearance/route.ts';
import { auditRoute } from '../pages/settings/audit/route.ts';
import { notificationsRoute } from '../pages/settings/notifications/route.ts';
import { organisationRoute } from '../pages/settings/organisation/route.ts';
import { peopleRoute } from '../pages/settings/people/route.ts';
import { planRoute } from '../pages/settings/plan/route.ts';
import { sessionsRoute } from '../pages/settings/sessions/route.ts';
import { settingsRoute } from '../pages/settings/shared/route.ts';
import { suppressionsRoute } from '../pages/settings/suppressions/route.ts';
import { tokensRoute } from '../pages/settings/tokens/route.ts';
import { costRoute } from '../pages/view360/cost/route.ts';
import { inventoryRoute } from '../pages/view360/inventory/route.ts';
import { postureRoute } from '../pages/view360/posture/route.ts';
import { viewRoute } from '../pages/view360/view/route.ts';
import type { NavigationEntry } from './navigation-groups.ts';
import { appRoute, rootRoute } from './routes.tsx';

/** Every page; what each is, its own folder says. */
const routeTree = rootRoute.addChildren([
  signInRoute,
  providerReturnRoute,
  setPasswordRoute,
  forgotPasswordRoute,
  verifyEmailRoute,
  invitationRoute,
  appRoute.addChildren([
    overviewRoute,
    eventsRoute,
    exportsRoute,
    frameworksRoute,
    frameworkRoute,
    catalogueRoute,
    accountsRoute,
    inventoryRoute,
    costRoute,
    postureRoute,
    viewRoute,
    accountRoute,
    resourceRoute,
    checkRoute,
    coverageRoute,
    gapsRoute,
    detectionsRoute,
    coverageHistoryRoute,
    techniqueRoute,
    bucketsRoute,
    resultsRoute,
    jobsRoute,
    jobRoute,
    runsRoute,
    runRoute,
    scansRoute,
    scanRoute,
    schedulesRoute,
    scheduleRoute,
    settingsRoute.addChildren([
      appearanceRoute,
      organisationRoute,
      peopleRoute,
      planRoute,
      ownAccountRoute,
      suppressionsRoute,
      tokensRoute,
      sessionsRoute,
      notificationsRoute,
      auditRoute,
    ]),
    notFoundRoute,
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
  interface StaticDataRouteOption {
    navigation?: NavigationEntry;
  }
  interface HistoryState {
    /** Cursors of the pages before, the first page as an empty one. */
    trail?: string[];
  }
}
