import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { appRoute } from '../../../app/routes.tsx';

export const coverageRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/coverage',
  component: lazyRouteComponent(() => import('./matrix-page.tsx'), 'MatrixPage'),
  staticData: {
    navigation: {
      label: 'Coverage',
      icon: 'M2 2h4v4H2zM10 2h4v4h-4zM2 10h4v4H2zM10 10h4v4h-4z',
      group: 'posture',
      order: 40,
      covers: ['/coverage'],
    },
  },
});
