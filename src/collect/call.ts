import type { AwsClients } from '../aws/clients.ts';
import type { AwsError } from '../aws/failures.ts';
import type { AllowedCall } from '../aws/read-only.ts';
import { inParallel } from './in-parallel.ts';

/** Things whose parts are listed at the same time. */
const PARTS_AT_ONCE = 8;

/** Who calls, and where. */
export interface Caller {
  clients: AwsClients;
  /** Where the call is sent. */
  region: string;
  /** Those that were asked: no other is called, but where services without regions live. */
  regions: readonly string[];
  accountId: string;
  /** As ARNs name it. */
  partition: string;
}

/** What every collected thing has. */
export interface CollectedItem {
  /** Its ARN; where AWS gives it none, one of the same form that nothing else in the account has. */
  id: string;
  /** Its own region, where that is not the one that was asked. */
  region?: string;
  /** Where the answer that lists it has them; none whose key may name a secret. */
  tags?: Readonly<Record<string, string>>;
}

interface AnyCall {
  /** What is sent, where that is more than the call itself. */
  sends?: readonly AllowedCall[];
  /** What IAM has to allow, where that is not called like the call. */
  permissions?: readonly string[];
}

/** A call that lists what is there: in each asked region, or once where a service without regions lives. */
export interface ListCall<Item extends CollectedItem = CollectedItem> extends AnyCall {
  where: 'region' | 'global';
  /** All pages, normalised: what checks need, and no secrets. */
  list(caller: Caller): Promise<Item[]>;
}

/** A call that is made for each of what another call has listed, in the region of the thing. */
export interface DetailCall<Item extends CollectedItem, Answer> extends AnyCall {
  of: AllowedCall;
  /** Of which it is asked; of all where this is left out. The others' answer is null. */
  wanted?(item: Item): boolean;
  /** Null where AWS says that nothing is configured. */
  get(caller: Caller, item: Item): Promise<Answer | null>;
}

export type Call = ListCall | DetailCall<CollectedItem, unknown>;

/** Calls by their names, e.g. `ec2:DescribeInstances`. */
export type CallTable = Readonly<Record<AllowedCall, Call>>;

export function isListCall(call: Call): call is ListCall {
  return 'list' in call;
}

/** A list call as a service declares it: the type of what it lists follows from the function. */
export function listCall<Item extends CollectedItem>(call: ListCall<Item>): ListCall<Item> {
  return call;
}

/** A detail call as a service declares it. */
export function detailCall<Item extends CollectedItem, Answer>(
  call: DetailCall<Item, Answer>,
): DetailCall<Item, Answer> {
  return call;
}

/** What a call answers, or null where AWS says by one of these codes that nothing is configured. */
export async function unlessNotConfigured<Answer>(
  codes: readonly string[],
  answer: () => Promise<Answer>,
): Promise<Answer | null> {
  try {
    return await answer();
  } catch (error) {
    if (codes.includes((error as AwsError).name)) return null;
    throw error;
  }
}

/** Everything that a paginator of the SDK gives. */
export async function allOf<Page, Item>(
  pages: AsyncIterable<Page>,
  itemsOf: (page: Page) => readonly Item[] | undefined,
): Promise<Item[]> {
  const all: Item[] = [];
  for await (const page of pages) all.push(...(itemsOf(page) ?? []));
  return all;
}

/** `arn:aws:ec2:eu-west-1:111111111111:vpc/vpc-1`. */
export function arnOf(
  { partition, region, accountId }: Pick<Caller, 'partition' | 'region' | 'accountId'>,
  service: string,
  resource: string,
): string {
  return `arn:${partition}:${service}:${region}:${accountId}:${resource}`;
}

/** Of a service without regions: `arn:aws:iam::111111111111:root`. */
export function globalArnOf(
  caller: Pick<Caller, 'partition' | 'accountId'>,
  service: string,
  resource: string,
) {
  return arnOf({ ...caller, region: '' }, service, resource);
}

/**
 * What several calls of a service start from, read once in each scan and region: clusters, whose services one call lists
 * and whose settings another one.
 */
export function readOnce<Answer>(read: (caller: Caller) => Promise<Answer>) {
  const known = new WeakMap<AwsClients, Map<string, Promise<Answer>>>();
  return (caller: Caller): Promise<Answer> => {
    const byRegion = known.get(caller.clients) ?? new Map<string, Promise<Answer>>();
    known.set(caller.clients, byRegion);
    const answer = byRegion.get(caller.region) ?? read(caller);
    byRegion.set(caller.region, answer);
    return answer;
  };
}

/** Parts of each thing, as further calls list them: for lists that AWS gives of one thing only. */
export async function allPartsOf<Item, Part>(
  items: readonly Item[],
  partsOf: (item: Item) => Promise<readonly Part[]>,
): Promise<Part[]> {
  return (await inParallel(items, PARTS_AT_ONCE, partsOf)).flat();
}

/** All pages of a list that the SDK has no paginator for. */
export async function allPages<Item>(
  page: (
    token: string | undefined,
  ) => Promise<{ items: readonly Item[] | undefined; next: string | undefined }>,
): Promise<Item[]> {
  const all: Item[] = [];
  let token: string | undefined;
  do {
    const { items, next } = await page(token);
    all.push(...(items ?? []));
    token = next;
  } while (token !== undefined && token !== '');
  return all;
}

/** Items in groups of at most so many, for calls that answer about several. */
export function inGroups<Item>(items: readonly Item[], size: number): Item[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}
