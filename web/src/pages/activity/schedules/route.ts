import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { appRoute } from '../../../app/routes.tsx';
import { readSchedules } from './search.ts';

export const schedulesRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/schedules',
  validateSearch: readSchedules,
  component: lazyRouteComponent(() => import('./schedules-page.tsx'), 'SchedulesPage'),
  staticData: {
    navigation: {
      label: 'Schedules',
      icon: 'M8 2a6 6 0 100 12A6 6 0 008 2zM8 4.8V8l2.4 1.6',
      group: 'work',
      order: 30,
    },
  },
});
