import type { CollectedItem } from '../../../collect/call.ts';
import { servicesAlwaysInUse } from '../../../coverage/services.ts';
import type { ServiceInUse } from '../../../model/coverage.ts';
import type { Account } from '../account.ts';
import type { ListName } from '../calls.ts';
import { SERVICE_SHOWN_BY } from '../calls/services.ts';

/** Which services have resources, and where; and of which it is not known. */
export function servicesOf(account: Account): { inUse: ServiceInUse[]; unknown: string[] } {
  const regions = new Map<string, Set<string>>();
  const unknown = new Set<string>();
  for (const [call, service] of Object.entries(SERVICE_SHOWN_BY)) {
    for (const place of call === 's3:ListBuckets' ? [null] : account.regions) {
      const items = account.list(call as ListName, place);
      if (items === null) unknown.add(service);
      for (const { item } of items ?? []) {
        const there = regions.get(service) ?? new Set<string>();
        const { region = place ?? '' }: CollectedItem = item;
        regions.set(service, there.add(region));
      }
    }
  }
  const always = servicesAlwaysInUse('aws').map((service) => ({ service, regions: [] }));
  const found = [...regions].map(([service, where]) => ({ service, regions: [...where].toSorted() }));
  const inUse = [...always, ...found].toSorted((one, other) => (one.service < other.service ? -1 : 1));
  return { inUse, unknown: [...unknown].filter((service) => !regions.has(service)).toSorted() };
}
