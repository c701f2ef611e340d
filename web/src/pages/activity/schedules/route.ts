import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { appRoute } from '../../../app/routes.tsx';
import { readSchedules } from './search.ts';

export const schedulesRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/schedules',
  validateSearch: readSchedules,
  component: lazyRouteComponent(() => import('./schedules-page.tsx'), 'SchedulesPage'),
});
