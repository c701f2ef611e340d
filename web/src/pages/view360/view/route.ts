import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { appRoute } from '../../../app/routes.tsx';
import { readView } from './search.ts';

export const viewRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/views/$name',
  validateSearch: readView,
  component: lazyRouteComponent(() => import('./view-page.tsx'), 'ViewPage'),
});
