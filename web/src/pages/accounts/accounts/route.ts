import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { appRoute } from '../../../app/routes.tsx';
import { readAccounts } from './search.ts';

export const accountsRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/accounts',
  validateSearch: readAccounts,
  component: lazyRouteComponent(() => import('./accounts-page.tsx'), 'AccountsPage'),
  staticData: {
    navigation: {
      label: 'Accounts',
      icon: 'M2 13V5.5l4-3v10.5zM6 6.5h8V13H2M9 9h2M9 11h2',
      group: 'estate',
      order: 30,
    },
  },
});
