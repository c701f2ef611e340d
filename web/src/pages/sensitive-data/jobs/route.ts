import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { appRoute } from '../../../app/routes.tsx';
import { readJobs } from './search.ts';

export const jobsRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/sensitive-data/jobs',
  validateSearch: readJobs,
  component: lazyRouteComponent(() => import('./jobs-page.tsx'), 'JobsPage'),
});
