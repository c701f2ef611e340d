import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { settingsRoute } from '../shared/route.ts';

export const sessionsRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/sessions',
  component: lazyRouteComponent(() => import('./sessions.tsx'), 'Sessions'),
});
