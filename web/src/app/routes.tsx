import type { QueryClient } from '@tanstack/react-query';
import {
  createRootRouteWithContext,
  createRoute,
  Outlet,
  redirect,
  retainSearchParams,
} from '@tanstack/react-router';
import { ApiError } from '../api/client.ts';
import { accountsQuery } from '../api/queries.ts';
import { serverQuery } from '../components/sources.tsx';
import { hasNames, readScope } from '../lib/scope.ts';
import type { ScopeSearch } from '../lib/scope.ts';
import { sessionQuery } from './session.ts';
import { Shell } from './shell.tsx';
import { Toasts } from './toast-region.tsx';

/** The parent of what is shown to everybody. */
export const rootRoute = createRootRouteWithContext<{ queries: QueryClient }>()({
  component: () => (
    <>
      <Outlet />
      <Toasts />
    </>
  ),
});

/** The parent of every page that needs a session: signs in first, and draws the shell around the page. */
export const appRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'app',
  validateSearch: readScope,
  // The scope goes along to the next page, unless a link chooses another.
  search: { middlewares: [retainSearchParams<ScopeSearch>(['scope'])] },
  beforeLoad: async ({ context, location, search }) => {
    try {
      await context.queries.ensureQueryData(sessionQuery);
    } catch (error) {
      if (!(error instanceof ApiError) || error.problem.status !== 401) throw error;
      redirect({ to: '/sign-in', search: { returnTo: location.href }, replace: true, throw: true });
    }
    if (hasNames(search.scope)) await context.queries.prefetchQuery(accountsQuery);
  },
  // Pages are drawn once it is known whether they have to tell sources apart.
  loader: ({ context }) => context.queries.prefetchQuery(serverQuery),
  component: Shell,
});
