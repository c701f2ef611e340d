import { accountDirectory, accountIdsOf, isAccountId } from '../accounts/directory.ts';
import type { AccountDirectory } from '../accounts/directory.ts';
import type { Level } from '../model/level.ts';
import type { Config } from '../settings.ts';
import type { Store } from '../store/database/store.ts';

/** Options that several lists share, as commander gives them. */
export interface FilterOptions {
  account?: readonly string[];
  level?: readonly Level[];
  service?: readonly string[];
  region?: readonly string[];
  source?: readonly string[];
  check?: readonly string[];
}

/** The store's names for the shared options. Accounts may be named as everywhere. */
export async function storeFilter(store: Store, config: Config, options: FilterOptions) {
  const { account, level, service, region, source, check } = options;
  const { organizationId } = config.general;
  return {
    organizationId,
    ...(account && { accountIds: await idsOf(store, config, account) }),
    ...(level && { levels: level }),
    ...(service && { services: service }),
    ...(region && { regions: region }),
    ...(source && { sources: source }),
    ...(check && { checkIds: check }),
  };
}

/** What the accounts of the installation's organisation are called. */
export function directoryOf(store: Store, config: Config): Promise<AccountDirectory> {
  return accountDirectory(config.general.organizationId, { config, store: () => Promise.resolve(store) });
}

/** Whoever gives ids alone needs no directory. */
async function idsOf(store: Store, config: Config, accounts: readonly string[]): Promise<readonly string[]> {
  return accounts.every(isAccountId) ? accounts : accountIdsOf(await directoryOf(store, config), accounts);
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
