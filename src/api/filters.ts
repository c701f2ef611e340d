import { timesOf } from '../model/filters.ts';
import type { EventFilter } from '../model/filters.ts';
import type { PageRequest } from '../model/page.ts';
import type { Store } from '../store/database/store.ts';
import { accountIdsOf } from '../store/scans/account-ids.ts';
import type { EventFilterQuery } from './schemas/events.ts';

type Names = readonly string[] | undefined;

/** What several lists can be narrowed by, in the words of the store; accounts may be named by profile. */
export async function commonFilter(
  store: Store,
  organizationId: string,
  { account, source }: { account?: Names; source?: Names },
) {
  return {
    organizationId,
    ...(account && { accountIds: await accountIdsOf(store, organizationId, account) }),
    ...(source && { sources: source }),
  };
}

/** A filter of events, in the words of the store. */
export async function eventFilter(
  store: Store,
  organizationId: string,
  query: EventFilterQuery,
): Promise<EventFilter> {
  const { level, status, service, region, check, resource, search } = query;
  return {
    ...(await commonFilter(store, organizationId, query)),
    ...(level && { levels: level }),
    ...(status && { statuses: status }),
    ...(service && { services: service }),
    ...(region && { regions: region }),
    ...(check && { checkIds: check }),
    ...(resource && { resource }),
    ...(search && { search }),
    ...timesOf(query),
  };
}

export function pageOf({ limit, cursor }: { limit: number; cursor?: string | undefined }): PageRequest {
  return { limit, ...(cursor === undefined ? {} : { cursor }) };
}
