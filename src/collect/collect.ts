import { awsFailure } from '../aws/failures.ts';
import type { AllowedCall } from '../aws/read-only.ts';
import type { Caller, CallTable, CollectedItem, DetailCall, ListCall } from './call.ts';
import { isListCall } from './call.ts';
import { inParallel } from './in-parallel.ts';
import { callNamed } from './plan.ts';
import type { PlannedCall, PlannedPlace } from './plan.ts';
import type { ErrorLine, SnapshotLine } from './snapshot.ts';

export interface CollectionInput {
  table: CallTable;
  plan: readonly PlannedPlace[];
  /**
   * Of the account; `region` is where services without regions are called. Items of other regions than `regions` are left
   * out: nothing is asked of them there.
   */
  caller: Caller;
  signal: AbortSignal;
  /** Told of each place that is done. */
  onPlace: (place: PlannedPlace) => void;
  /** What it means that the credentials have failed, which is no gap in what was seen. */
  onCredentialsFailure: (cause: unknown) => Error;
}

/** Regions under way: each has a limiter for itself, and what is read of them is held until it is their turn. */
const PLACES_AT_ONCE = 6;
/** Details of one list under way. */
const DETAILS_AT_ONCE = 16;

/**
 * Makes every planned call once, and gives what came of it: a call that fails is a line like any other. In the order of
 * the plan, items by their ids, so that two collections of an unchanged account have the same lines.
 *
 * @throws the failure that `onCredentialsFailure` makes, and the signal's reason
 */
export async function* collectCalls(input: CollectionInput): AsyncGenerator<SnapshotLine> {
  const { plan, signal, onPlace } = input;
  const underWay: Promise<SnapshotLine[]>[] = [];
  const begin = (place: PlannedPlace | undefined): void => {
    if (place === undefined) return;
    const lines = collectPlace(input, place);
    // Who waits for it comes to it later.
    lines.catch(() => undefined);
    underWay.push(lines);
  };
  for (const place of plan.slice(0, PLACES_AT_ONCE)) begin(place);
  for (const [index, place] of plan.entries()) {
    yield* await (underWay.shift() as Promise<SnapshotLine[]>);
    signal.throwIfAborted();
    onPlace(place);
    begin(plan[index + PLACES_AT_ONCE]);
  }
}

async function collectPlace(
  input: CollectionInput,
  { region, calls }: PlannedPlace,
): Promise<SnapshotLine[]> {
  const lines = await Promise.all(calls.map((call) => collectList(input, region, call)));
  return lines.flat();
}

async function collectList(
  input: CollectionInput,
  region: string | null,
  { name, details }: PlannedCall,
): Promise<SnapshotLine[]> {
  const { table } = input;
  const caller = { ...input.caller, region: region ?? input.caller.region };
  const call = callNamed(table, name) as ListCall;
  const listed = await attempt(input, caller, name, () => call.list(caller));
  if ('failed' in listed) return [{ ...listed.failed, region }];
  const items = listed.answer
    .filter((item) => item.region === undefined || caller.regions.includes(item.region))
    .toSorted((one, other) => (one.id < other.id ? -1 : 1));
  const of = await inParallel(items, DETAILS_AT_ONCE, async (item): Promise<SnapshotLine[]> => {
    const errors: ErrorLine[] = [];
    const answers: Record<string, unknown> = {};
    for (const detail of details) {
      const asked = await collectDetail(input, caller, detail, item);
      if ('failed' in asked) errors.push({ ...asked.failed, region, resource: item.id });
      else answers[detail] = asked.answer;
    }
    return [...errors, { kind: 'item', call: name, region, item, details: answers }];
  });
  return [{ kind: 'listed', call: name, region }, ...of.flat()];
}

function collectDetail(
  input: CollectionInput,
  caller: Caller,
  name: AllowedCall,
  item: CollectedItem,
): Promise<Attempted<unknown>> {
  const call = callNamed(input.table, name);
  if (isListCall(call)) return Promise.resolve({ answer: null });
  const detail: DetailCall<CollectedItem, unknown> = call;
  if (detail.wanted?.(item) === false) return Promise.resolve({ answer: null });
  const there = { ...caller, region: item.region ?? caller.region };
  return attempt(input, there, name, () => detail.get(there, item));
}

type Attempted<Answer> = { answer: Answer } | { failed: ErrorLine };

async function attempt<Answer>(
  { signal, onCredentialsFailure }: CollectionInput,
  { region }: Caller,
  name: AllowedCall,
  work: () => Promise<Answer>,
): Promise<Attempted<Answer>> {
  try {
    return { answer: await work() };
  } catch (error) {
    signal.throwIfAborted();
    const [service = '', operation = ''] = name.split(':');
    const { kind, code } = awsFailure(error, { service, operation, region });
    if (kind === 'credentials') throw onCredentialsFailure(error);
    return { failed: { kind: 'error', call: name, region, code, failure: kind } };
  }
}
