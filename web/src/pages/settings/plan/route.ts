import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { settingsRoute } from '../shared/route.ts';

export const planRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/plan',
  component: lazyRouteComponent(() => import('./plan.tsx'), 'PlanPage'),
});
