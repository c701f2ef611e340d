import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { appRoute } from '../../../app/routes.tsx';
import { readExports } from './search.ts';

export const exportsRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/exports',
  validateSearch: readExports,
  component: lazyRouteComponent(() => import('./exports-page.tsx'), 'ExportsPage'),
  staticData: {
    navigation: {
      label: 'Exports',
      icon: 'M8 2v8M4.8 7L8 10.2 11.2 7M2.5 13.5h11',
      group: 'work',
      order: 40,
    },
  },
});
