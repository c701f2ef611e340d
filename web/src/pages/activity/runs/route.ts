import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { appRoute } from '../../../app/routes.tsx';
import { readRuns } from './search.ts';

export const runsRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/runs',
  validateSearch: readRuns,
  component: lazyRouteComponent(() => import('./runs-page.tsx'), 'RunsPage'),
  staticData: {
    navigation: {
      label: 'Activity',
      icon: 'M4 2.5l9 5.5-9 5.5z',
      group: 'work',
      order: 10,
      covers: ['/scans', '/schedules'],
    },
  },
});
