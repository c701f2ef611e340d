import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { appRoute } from '../../../app/routes.tsx';
import { hubReader } from '../shared/search.ts';

/** The id of a resource may hold slashes: it is the rest of the path. */
export const resourceRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/resources/$accountId/$',
  validateSearch: hubReader(['events']),
  component: lazyRouteComponent(() => import('./resource-page.tsx'), 'ResourcePage'),
});
