import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { appRoute } from '../../../app/routes.tsx';
import { hubReader } from '../shared/search.ts';

export const checkRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/checks/$source/$service/$checkId',
  validateSearch: hubReader(['events', 'asks', 'accounts']),
  component: lazyRouteComponent(() => import('./check-page.tsx'), 'CheckPage'),
});
