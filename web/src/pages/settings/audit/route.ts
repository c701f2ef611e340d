import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { settingsRoute } from '../shared/route.ts';
import { readAudit } from './search.ts';

export const auditRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/audit',
  validateSearch: readAudit,
  component: lazyRouteComponent(() => import('./audit.tsx'), 'Audit'),
});
