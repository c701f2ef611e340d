import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { appRoute } from '../../../app/routes.tsx';
import { readFramework } from './search.ts';

export const frameworkRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/compliance/$framework',
  validateSearch: readFramework,
  component: lazyRouteComponent(() => import('./framework-page.tsx'), 'FrameworkPage'),
});
