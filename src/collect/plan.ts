import type { AllowedCall } from '../aws/read-only.ts';
import { isListCall } from './call.ts';
import type { Call, CallTable } from './call.ts';

/** A list call, and the details that are asked of what it lists. */
export interface PlannedCall {
  name: AllowedCall;
  details: readonly AllowedCall[];
}

/** The calls of one region; null for those of services without regions. */
export interface PlannedPlace {
  region: string | null;
  calls: readonly PlannedCall[];
}

/** The call of this name. Names come from the table itself. */
export function callNamed(table: CallTable, name: AllowedCall): Call {
  return table[name] as Call;
}

/** What is called, each list once in a place: first where services without regions live, then region by region. */
export function planCalls(
  table: CallTable,
  wanted: Iterable<AllowedCall>,
  regions: readonly string[],
): PlannedPlace[] {
  const names = withLists(table, wanted);
  const lists = names.filter((name) => isListCall(callNamed(table, name)));
  const planned = (where: 'region' | 'global'): PlannedCall[] =>
    lists
      .filter((name) => {
        const call = callNamed(table, name);
        return isListCall(call) && call.where === where;
      })
      .map((name) => ({ name, details: names.filter((detail) => listOf(table, detail) === name) }));
  const places = [
    { region: null, calls: planned('global') },
    ...regions.map((region) => ({ region, calls: planned('region') })),
  ];
  return places.filter(({ calls }) => calls.length > 0);
}

/** Everything that the calls send. */
export function sentBy(table: CallTable, wanted: Iterable<AllowedCall>): Set<AllowedCall> {
  return new Set(withLists(table, wanted).flatMap((name) => callNamed(table, name).sends ?? [name]));
}

/** Everything that IAM has to allow for the calls, sorted. */
export function permissionsFor(table: CallTable, wanted: Iterable<AllowedCall>): string[] {
  const needed = withLists(table, wanted).flatMap((name) => callNamed(table, name).permissions ?? [name]);
  return [...new Set(needed)].toSorted();
}

/** The calls, and for details the lists that they are asked of; sorted. */
function withLists(table: CallTable, wanted: Iterable<AllowedCall>): AllowedCall[] {
  const all = [...wanted].flatMap((name) => [name, listOf(table, name) ?? name]);
  return [...new Set(all)].toSorted();
}

function listOf(table: CallTable, name: AllowedCall): AllowedCall | null {
  const call = callNamed(table, name);
  return isListCall(call) ? null : call.of;
}
