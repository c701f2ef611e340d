import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { appRoute } from '../../../app/routes.tsx';
import { readScan } from './search.ts';

export const scanRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/scans/$scanId',
  validateSearch: readScan,
  component: lazyRouteComponent(() => import('./scan-page.tsx'), 'ScanPage'),
});
