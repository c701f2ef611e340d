import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { appRoute } from '../../../app/routes.tsx';

export const bucketsRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/sensitive-data',
  component: lazyRouteComponent(() => import('./buckets-page.tsx'), 'BucketsPage'),
  staticData: {
    navigation: {
      label: 'Sensitive data',
      icon: 'M2.5 4c0-3 11-3 11 0v8c0 3-11 3-11 0zM2.5 4c0 3 11 3 11 0M2.5 8c0 3 11 3 11 0',
      group: 'posture',
      order: 50,
      covers: ['/sensitive-data'],
    },
  },
});
