import { isListCall } from '../../collect/call.ts';
import type { Call } from '../../collect/call.ts';
import type { ItemLine } from '../../collect/snapshot.ts';
import { calls } from './calls.ts';
import type { AnswerOf, DetailName, ItemOf, ListName } from './calls.ts';
import { Seen } from './seen.ts';

/** One listed thing with what was asked about it. */
export interface Found<Name extends ListName> {
  item: ItemOf<Name>;
  region: string | null;
  /** Null where nothing is configured; undefined where the answer was refused. */
  detail<Detail extends DetailName>(name: Detail): AnswerOf<Detail> | null | undefined;
}

/** What a scan saw of an account of AWS. */
export class Account extends Seen {
  /** What a call listed in a region; null where it has no answer. */
  list<Name extends ListName>(name: Name, region: string | null): Found<Name>[] | null {
    return this.lines(name, region)?.map((line) => found<Name>(line)) ?? null;
  }

  /** A listed thing by its id, in whatever region. */
  byId<Name extends ListName>(name: Name, id: string): Found<Name> | null {
    const line = this.lineOf(name, id);
    return line === null ? null : found<Name>(line);
  }
}

function found<Name extends ListName>(line: ItemLine): Found<Name> {
  return {
    item: line.item as ItemOf<Name>,
    region: line.region,
    // A snapshot holds what the call of that name is declared to give.
    detail: <Detail extends DetailName>(name: Detail) =>
      line.details[name] as AnswerOf<Detail> | null | undefined,
  };
}

/** The lists of the table that are made in each region. */
export function regionalLists(): ListName[] {
  return (Object.keys(calls) as ListName[]).filter((name) => {
    const call: Call = calls[name];
    return isListCall(call) && call.where === 'region';
  });
}
