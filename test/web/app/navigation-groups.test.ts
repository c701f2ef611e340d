import { expect, test } from '@jest/globals';
import { navigationGroups } from '../../../web/src/app/navigation-groups.ts';
import type { NavigationLink } from '../../../web/src/app/navigation-groups.ts';

const link = (to: string, group: NavigationLink['group'], order: number): NavigationLink => ({
  to,
  group,
  order,
  label: to,
  icon: 'M0 0',
});

test('pages stand in their group by their order, however the router lists them; groups without pages are left out', () => {
  const links = [
    link('/settings', 'work', 90),
    link('/accounts', 'estate', 30),
    link('/runs', 'work', 10),
    link('/', 'start', 10),
    link('/inventory', 'estate', 10),
  ];
  const shown = navigationGroups(links).map(({ heading, links: own }) => [heading, own.map(({ to }) => to)]);
  expect(shown).toEqual([
    [null, ['/']],
    ['Estate', ['/inventory', '/accounts']],
    ['Work', ['/runs', '/settings']],
  ]);
});
