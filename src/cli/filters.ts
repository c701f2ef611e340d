import { accountDirectory, accountIdsOf, isAccountId } from '../accounts/directory.ts';
import type { AccountDirectory } from '../accounts/directory.ts';
import type { Facet } from '../model/event-overview.ts';
import type { Level } from '../model/level.ts';
import type { Config } from '../settings.ts';
import type { Store } from '../store/database/store.ts';
import { printable } from '../text/printable.ts';
import { mostSimilar } from '../text/similar.ts';
import { tell } from './output/write.ts';

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

const TOLD = ['account', 'service', 'region', 'source', 'check'] as const satisfies readonly Facet[];
const MOST_NAMED = 10;

/** Says which of the given values nothing has, and what was perhaps meant: an empty list alone would pass for good news. */
export async function tellUnknownValues(
  options: FilterOptions,
  valuesOf: (facet: (typeof TOLD)[number]) => Promise<readonly string[] | undefined>,
): Promise<void> {
  for (const facet of TOLD) {
    const asked = options[facet] ?? [];
    const known = asked.length === 0 ? undefined : await valuesOf(facet);
    if (known === undefined) continue;
    // An account that is named by its profile was found already.
    const unknown = asked.filter(
      (value) => !known.includes(value) && !(facet === 'account' && !/^\d+$/.test(value)),
    );
    for (const value of unknown)
      tell(`Nothing is known of ${facet} ${printable(value)}${hint(value, known)}`);
  }
}

function hint(value: string, known: readonly string[]): string {
  const meant = mostSimilar(value, known);
  if (meant !== undefined) return `; did you mean ${printable(meant)}?`;
  if (known.length === 0 || known.length > MOST_NAMED) return '.';
  return `; there is ${known.map(printable).join(', ')}.`;
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
