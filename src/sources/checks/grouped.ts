import { perList } from './per-list.ts';

/** Looks up the items of a list by a key of theirs, or by each of several; nothing has the key null. */
export function grouped<Item extends object>(keysOf: (item: Item) => string | null | readonly string[]) {
  const groupsOf = perList((items: readonly Item[]) => {
    const groups = new Map<string, Item[]>();
    for (const item of items) {
      const keys = keysOf(item) ?? [];
      for (const key of typeof keys === 'string' ? [keys] : keys) {
        const group = groups.get(key) ?? [];
        groups.set(key, group);
        group.push(item);
      }
    }
    return groups;
  });
  return (items: readonly Item[], key: string): readonly Item[] => groupsOf(items).get(key) ?? [];
}
