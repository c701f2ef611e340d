import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { appRoute } from '../../../app/routes.tsx';
import { hubReader } from '../shared/search.ts';

export const accountRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/accounts/$accountId',
  validateSearch: hubReader(['events', 'coverage', 'activity']),
  component: lazyRouteComponent(() => import('./account-page.tsx'), 'AccountPage'),
});
