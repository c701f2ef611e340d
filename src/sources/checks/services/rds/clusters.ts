import { perList } from '../../per-list.ts';
import type { DbCluster } from './collect.ts';

const byName = perList(
  (clusters: readonly DbCluster[]) => new Map(clusters.map((cluster) => [cluster.name, cluster])),
);

/** The cluster that an instance is a member of. */
export function clusterNamed(clusters: readonly DbCluster[], name: string): DbCluster | null {
  return byName(clusters).get(name) ?? null;
}
