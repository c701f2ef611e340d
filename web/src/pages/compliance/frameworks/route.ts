import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { appRoute } from '../../../app/routes.tsx';

export const frameworksRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/compliance',
  component: lazyRouteComponent(() => import('./frameworks-page.tsx'), 'FrameworksPage'),
  staticData: {
    navigation: {
      label: 'Compliance',
      icon: 'M8 1.5l5.5 2v4.2c0 3.3-2.3 5.6-5.5 6.8-3.2-1.2-5.5-3.5-5.5-6.8V3.5zM5.5 8l1.8 1.8 3.4-3.6',
      group: 'posture',
      order: 10,
      covers: ['/checks'],
    },
  },
});
