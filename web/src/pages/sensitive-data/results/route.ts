import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { appRoute } from '../../../app/routes.tsx';
import { readResults } from './search.ts';

export const resultsRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/sensitive-data/results',
  validateSearch: readResults,
  component: lazyRouteComponent(() => import('./results-page.tsx'), 'ResultsPage'),
});
