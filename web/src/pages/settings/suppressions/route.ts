import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { settingsRoute } from '../shared/route.ts';

export const suppressionsRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/suppressions',
  component: lazyRouteComponent(() => import('./suppressions.tsx'), 'Suppressions'),
});
