import type { Level } from '../model/level.ts';
import type { Store } from '../store/database/store.ts';
import { accountIdsOf } from '../store/scans/account-ids.ts';

/** Options that several lists share, as commander gives them. */
export interface FilterOptions {
  account?: readonly string[];
  level?: readonly Level[];
  service?: readonly string[];
  region?: readonly string[];
  source?: readonly string[];
  check?: readonly string[];
}

/** The store's names for the shared options. Accounts may be named by the profile they were last scanned with. */
export async function storeFilter(store: Store, organizationId: string, options: FilterOptions) {
  const { account, level, service, region, source, check } = options;
  return {
    organizationId,
    ...(account && { accountIds: await accountIdsOf(store, organizationId, account) }),
    ...(level && { levels: level }),
    ...(service && { services: service }),
    ...(region && { regions: region }),
    ...(source && { sources: source }),
    ...(check && { checkIds: check }),
  };
}

export interface PageOptions {
  limit: number;
  cursor?: string;
}

/** One page, or with limit 0 all of them, read one after the other. */
export async function* pages<Row>(
  { limit, cursor }: PageOptions,
  read: (page: { limit: number; cursor?: string }) => Promise<{ rows: Row[]; nextCursor: string | null }>,
  onMore: (cursor: string) => void,
): AsyncGenerator<Row> {
  let next = cursor;
  for (;;) {
    const page = await read({
      limit: limit === 0 ? PAGE : limit,
      ...(next === undefined ? {} : { cursor: next }),
    });
    yield* page.rows;
    if (page.nextCursor === null) return;
    if (limit > 0) return onMore(page.nextCursor);
    next = page.nextCursor;
  }
}

const PAGE = 1000;
