import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { appRoute } from '../../../app/routes.tsx';
import { readScans } from './search.ts';

export const scansRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/scans',
  validateSearch: readScans,
  component: lazyRouteComponent(() => import('./scans-page.tsx'), 'ScansPage'),
});
