import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { appRoute } from '../../../app/routes.tsx';

export const techniqueRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/coverage/$technique',
  component: lazyRouteComponent(() => import('./technique-page.tsx'), 'TechniquePage'),
});
