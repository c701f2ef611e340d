import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { appRoute } from '../../../app/routes.tsx';
import { readDetections } from './search.ts';

export const detectionsRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/coverage/detections',
  validateSearch: readDetections,
  component: lazyRouteComponent(() => import('./detections-page.tsx'), 'DetectionsPage'),
});
