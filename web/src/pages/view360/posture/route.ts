import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { appRoute } from '../../../app/routes.tsx';

export const postureRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/services',
  component: lazyRouteComponent(() => import('./posture-page.tsx'), 'PosturePage'),
  staticData: {
    navigation: {
      label: "AWS's own word",
      icon: 'M8 1.5l5.500 2v4.500c0 3.500-2.500 5.500-5.500 6.500-3-1-5.500-3-5.500-6.500V3.500zM5.500 8l2 2 3.500-4',
      group: 'estate',
      order: 60,
    },
  },
});
