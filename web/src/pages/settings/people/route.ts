import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { settingsRoute } from '../shared/route.ts';

export const peopleRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/people',
  component: lazyRouteComponent(() => import('./people.tsx'), 'People'),
});
