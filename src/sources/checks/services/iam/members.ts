import { perList } from '../../per-list.ts';
import type { Authorization, Group } from './collect.ts';

/** ARNs of the users in a group. */
export function membersOf({ name }: Group, all: readonly Authorization[]): readonly string[] {
  return membersByGroup(all).get(name) ?? [];
}

const membersByGroup = perList((all: readonly Authorization[]) => {
  const members = new Map<string, string[]>();
  for (const user of all) {
    if (user.kind !== 'user') continue;
    for (const group of user.groups) members.set(group, [...(members.get(group) ?? []), user.id]);
  }
  return members;
});
