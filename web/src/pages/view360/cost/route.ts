import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { appRoute } from '../../../app/routes.tsx';

export const costRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/cost',
  component: lazyRouteComponent(() => import('./cost-page.tsx'), 'CostPage'),
  staticData: {
    navigation: {
      label: 'Cost',
      icon: 'M8 1.5v13M11.5 4.5c-1-1-2-1.300-3.500-1.300-2 0-3.300.9-3.300 2.300 0 3.500 7 1.500 7 5 0 1.400-1.400 2.300-3.500 2.300-1.600 0-2.800-.4-3.700-1.400',
      group: 'estate',
      order: 50,
    },
  },
});
