import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { appRoute } from '../../../app/routes.tsx';
import { readJob } from './search.ts';

export const jobRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/sensitive-data/jobs/$jobId',
  validateSearch: readJob,
  component: lazyRouteComponent(() => import('./job-page.tsx'), 'JobPage'),
});
