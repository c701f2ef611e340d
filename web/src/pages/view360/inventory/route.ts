import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { appRoute } from '../../../app/routes.tsx';

export const inventoryRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/inventory',
  component: lazyRouteComponent(() => import('./inventory-page.tsx'), 'InventoryPage'),
  staticData: {
    navigation: {
      label: 'Inventory',
      icon: 'M2 4l6-2.5L14 4v8l-6 2.5L2 12zM2 4l6 2.5L14 4M8 6.5v8',
      group: 'estate',
      order: 40,
    },
  },
});
