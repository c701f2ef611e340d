import { perList } from '../../per-list.ts';
import type { ProtectedResource } from './collect.ts';

const idsOf = perList((resources: readonly ProtectedResource[]) => new Set(resources.map(({ id }) => id)));

/** Whether AWS Backup keeps a copy of a thing. */
export function isProtected(id: string, resources: readonly ProtectedResource[]): boolean {
  return idsOf(resources).has(id);
}
