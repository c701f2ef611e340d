import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { appRoute } from '../../../app/routes.tsx';

export const gapsRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/coverage/gaps',
  component: lazyRouteComponent(() => import('./gaps-page.tsx'), 'GapsPage'),
});
