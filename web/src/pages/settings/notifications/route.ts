import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { settingsRoute } from '../shared/route.ts';
import { readNotifications } from './search.ts';

export const notificationsRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/notifications',
  validateSearch: readNotifications,
  component: lazyRouteComponent(() => import('./notifications.tsx'), 'Notifications'),
});
