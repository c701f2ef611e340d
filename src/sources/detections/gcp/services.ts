import { assetTypesByService, servicesAlwaysInUse } from '../../../coverage/services.ts';
import type { ServiceInUse } from '../../../model/coverage.ts';
import type { Project } from './project.ts';

/** Which services of a project have resources. What watches a project sees all its places, so nothing is said of them. */
export function servicesOfProject(project: Project): { inUse: ServiceInUse[]; unknown: string[] } {
  const found = project.list('cloudasset:SearchAllResources');
  const used = new Set([...servicesAlwaysInUse('gcp'), ...(found ?? []).map(({ id }) => id)]);
  const inUse = [...used].toSorted().map((service) => ({ service, regions: [] }));
  const unknown = found === null ? assetTypesByService().map(({ service }) => service) : [];
  return { inUse, unknown: unknown.filter((service) => !used.has(service)).toSorted() };
}
