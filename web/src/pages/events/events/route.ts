import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { appRoute } from '../../../app/routes.tsx';
import { readEvents } from './search.ts';
import type { EventsSearch } from './search.ts';

export const eventsRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/events',
  validateSearch: readEvents,
  component: lazyRouteComponent(() => import('./events-page.tsx'), 'EventsPage'),
  staticData: {
    navigation: {
      label: 'Events',
      icon: 'M8 2l6.5 11.5h-13zM8 6.5v3.2M8 11.6v.1',
      group: 'start',
      order: 20,
      covers: ['/exports', '/resources'],
      search: { status: ['active'], sort: '-level' } satisfies EventsSearch,
    },
  },
});
