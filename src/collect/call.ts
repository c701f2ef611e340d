import type { AwsClients } from '../aws/clients.ts';
import type { AwsError } from '../aws/failures.ts';
import type { AllowedCall } from '../aws/read-only.ts';

/** Who calls, and where. */
export interface Caller {
  clients: AwsClients;
  /** Where the call is sent. */
  region: string;
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
