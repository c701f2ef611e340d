import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { appRoute } from '../../../app/routes.tsx';
import { readOverview } from './search.ts';

export const overviewRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/',
  validateSearch: readOverview,
  component: lazyRouteComponent(() => import('./overview-page.tsx'), 'OverviewPage'),
  staticData: {
    navigation: {
      label: 'Overview',
      icon: 'M2 8.5V14h4V8.5zM10 2v12h4V2zM6 5.5V14h4V5.5z',
      group: 'start',
      order: 10,
    },
  },
});
