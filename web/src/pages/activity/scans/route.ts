import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { appRoute } from '../../../app/routes.tsx';
import { readScans } from './search.ts';

export const scansRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/scans',
  validateSearch: readScans,
  component: lazyRouteComponent(() => import('./scans-page.tsx'), 'ScansPage'),
  staticData: {
    navigation: {
      label: 'Scans',
      icon: 'M7 2.5a4.5 4.5 0 100 9 4.5 4.5 0 000-9zM10.3 10.3L14 14',
      group: 'work',
      order: 20,
    },
  },
});
