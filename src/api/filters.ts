import { accountDirectory, accountIdsOf, isAccountId } from '../accounts/directory.ts';
import type { AccountDirectory } from '../accounts/directory.ts';
import { timesOf } from '../model/filters.ts';
import type { EventFilter } from '../model/filters.ts';
import type { PageRequest } from '../model/page.ts';
import type { Api } from './api.ts';
import { configFor } from './authentication.ts';
import type { Caller } from './caller.ts';
import type { EventFilterQuery } from './schemas/events.ts';

type Names = readonly string[] | undefined;

/** What the accounts of the caller's organisation are called. */
export function directoryOf({ config, store }: Api, { organizationId }: Caller): Promise<AccountDirectory> {
  return accountDirectory(organizationId, { config, store });
}

/** What several lists can be narrowed by, in the words of the store; accounts may be named. */
export async function commonFilter(
  api: Api,
  caller: Caller,
  { account, source }: { account?: Names; source?: Names },
) {
  return {
    organizationId: caller.organizationId,
    ...(account && { accountIds: await idsOf(api, caller, account) }),
    ...(source && { sources: source }),
  };
}

/** A filter of events, in the words of the store. */
export async function eventFilter(api: Api, caller: Caller, query: EventFilterQuery): Promise<EventFilter> {
  const { level, status, service, region, check, resource, search } = query;
  return {
    ...(await commonFilter(api, caller, query)),
    ...(level && { levels: level }),
    ...(status && { statuses: status }),
    ...(service && { services: service }),
    ...(region && { regions: region }),
    ...(check && { checkIds: check }),
    ...(resource && { resource }),
    ...(search && { search }),
    ...timesOf(query),
    duePolicy: (await configFor(api, caller)).general.due,
  };
}

/** Whoever gives ids alone needs no directory. */
async function idsOf(api: Api, caller: Caller, accounts: readonly string[]): Promise<readonly string[]> {
  return accounts.every(isAccountId) ? accounts : accountIdsOf(await directoryOf(api, caller), accounts);
}

export function pageOf({ limit, cursor }: { limit: number; cursor?: string | undefined }): PageRequest {
  return { limit, ...(cursor === undefined ? {} : { cursor }) };
}
