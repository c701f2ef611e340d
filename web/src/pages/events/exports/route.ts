import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { appRoute } from '../../../app/routes.tsx';
import { readExports } from './search.ts';

export const exportsRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/exports',
  validateSearch: readExports,
  component: lazyRouteComponent(() => import('./exports-page.tsx'), 'ExportsPage'),
});
