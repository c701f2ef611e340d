import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { appRoute } from '../../../app/routes.tsx';
import { readSchedule } from './search.ts';

export const scheduleRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/schedules/$name',
  validateSearch: readSchedule,
  component: lazyRouteComponent(() => import('./schedule-page.tsx'), 'SchedulePage'),
});
