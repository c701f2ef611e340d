import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { appRoute } from '../../../app/routes.tsx';

export const coverageHistoryRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/coverage/history',
  component: lazyRouteComponent(() => import('./history-page.tsx'), 'HistoryPage'),
});
