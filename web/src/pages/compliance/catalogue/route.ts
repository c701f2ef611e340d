import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { appRoute } from '../../../app/routes.tsx';
import { readCatalogue } from './search.ts';

export const catalogueRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/checks',
  validateSearch: readCatalogue,
  component: lazyRouteComponent(() => import('./catalogue-page.tsx'), 'CataloguePage'),
});
