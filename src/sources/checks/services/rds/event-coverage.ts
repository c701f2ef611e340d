import type { EventSubscription } from './collect.ts';

/** Names of the databases about which nobody is told of everything in these categories. */
export function uncovered(
  databases: readonly { name: string }[],
  kind: 'db-instance' | 'db-cluster',
  categories: readonly string[],
  subscriptions: readonly EventSubscription[],
): string[] {
  const ofKind = subscriptions.filter(
    ({ enabled, sourceType }) => enabled && (sourceType === null || sourceType === kind),
  );
  const tells = (one: EventSubscription, name: string, category: string): boolean =>
    (one.sources.length === 0 || one.sources.includes(name)) &&
    (one.categories.length === 0 || one.categories.includes(category));
  return databases
    .map(({ name }) => name)
    .filter((name) => !categories.every((category) => ofKind.some((one) => tells(one, name, category))));
}
