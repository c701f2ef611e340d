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
  /**
   * Of the account; `region` is where services without regions are called. Items of other regions than `regions` are left
   * out: nothing is asked of them there.
   */
  caller: Caller;
  signal: AbortSignal;
  /** Told of each service that has answered for itself, and of how many there are. */
  onService: (done: number, of: number) => void;
  /** What it means that the credentials have failed, which is no gap in what was seen. */
  onCredentialsFailure: (cause: unknown) => Error;
}

/** Details of one list under way. */
const DETAILS_AT_ONCE = 16;

/**
 * Makes the calls that are planned for one place, each once, and gives what came of it: a call that fails is a line like
 * any other. In the order of the plan, items by their ids, so that two collections of an unchanged account have the same
 * lines. The last one says that the place is whole.
 *
 * @throws the failure that `onCredentialsFailure` makes, and the signal's reason
 */
export async function* collectPlace(
  input: CollectionInput,
  { region, calls }: PlannedPlace,
): AsyncGenerator<SnapshotLine> {
  const tell = serviceCounter(calls, input.onService);
  const underWay = calls.map(async (call) => {
    const lines = await collectList(input, region, call);
    tell(call.name);
    return lines;
  });
  // Who waits for them comes to each in turn.
  for (const lines of underWay) lines.catch(() => undefined);
  for (const lines of underWay) yield* await lines;
  input.signal.throwIfAborted();
  yield { kind: 'end', region };
}

/** What is left of a place that could not be collected: every list of it is without an answer. */
export function unseenPlace({ region, calls }: PlannedPlace, code: string): SnapshotLine[] {
  const errors = calls.map(({ name }): SnapshotLine => ({
    kind: 'error',
    call: name,
    region,
    code,
    failure: 'other',
  }));
  return [...errors, { kind: 'end', region }];
}

function serviceCounter(
  calls: readonly PlannedCall[],
  onService: CollectionInput['onService'],
): (name: AllowedCall) => void {
  const open = new Map<string, number>();
  const serviceOf = (name: AllowedCall): string => name.slice(0, name.indexOf(':'));
  for (const { name } of calls) open.set(serviceOf(name), (open.get(serviceOf(name)) ?? 0) + 1);
  const all = open.size;
  return (name) => {
    const left = (open.get(serviceOf(name)) ?? 0) - 1;
    if (left > 0) open.set(serviceOf(name), left);
    else open.delete(serviceOf(name));
    onService(all - open.size, all);
  };
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
