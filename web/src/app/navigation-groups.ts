import type { RawSearch } from '../lib/search-params.ts';

/** The groups of the navigation, in their order. One that has no page is not shown. */
const GROUPS = [
  { id: 'start', heading: null },
  { id: 'posture', heading: 'Posture' },
  { id: 'estate', heading: 'Estate' },
  { id: 'work', heading: 'Work' },
] as const;

/** How a page stands in the navigation: part of its route, as `staticData.navigation`. */
export interface NavigationEntry {
  label: string;
  /** An outline on a grid of 16: the `d` of an SVG path. */
  icon: string;
  group: (typeof GROUPS)[number]['id'];
  /** Within the group, the smallest first; tens leave room between. */
  order: number;
  /** Where the paths of its other pages begin. */
  covers?: readonly string[];
  /** Search parameters that the link begins with. */
  search?: RawSearch;
}

export interface NavigationLink extends NavigationEntry {
  /** Path of the page. */
  to: string;
}

/** What is shown of these links, group by group. */
export function navigationGroups(
  links: readonly NavigationLink[],
): { heading: string | null; links: NavigationLink[] }[] {
  return GROUPS.map(({ id, heading }) => ({
    heading,
    links: links.filter(({ group }) => group === id).toSorted((a, b) => a.order - b.order),
  })).filter((group) => group.links.length > 0);
}
