import type { AllowedCall } from '../../aws/read-only.ts';
import { isListCall } from '../../collect/call.ts';
import type { Call } from '../../collect/call.ts';
import type { ErrorLine, ItemLine, SnapshotHead, SnapshotLine } from '../../collect/snapshot.ts';
import type { UnseenCall } from '../../model/coverage.ts';
import { calls } from './calls.ts';
import type { AnswerOf, DetailName, ItemOf, ListName } from './calls.ts';

/** One listed thing with what was asked about it. */
export interface Found<Name extends ListName> {
  item: ItemOf<Name>;
  region: string | null;
  /** Null where nothing is configured; undefined where the answer was refused. */
  detail<Detail extends DetailName>(name: Detail): AnswerOf<Detail> | null | undefined;
}

/** What a scan saw of an account, in memory: detections are few beside what they watch. */
export class Account {
  readonly head: SnapshotHead;
  readonly #listed = new Set<string>();
  readonly #items = new Map<string, ItemLine[]>();
  readonly #byId = new Map<string, ItemLine>();
  readonly #errors: ErrorLine[] = [];

  private constructor(head: SnapshotHead) {
    this.head = head;
  }

  /** @throws VedetteError `results-missing` or `results-invalid` of the lines */
  static async read(lines: AsyncGenerator<SnapshotLine>): Promise<Account> {
    // The first line is the head, or the reader has thrown.
    const account = new Account((await lines.next()).value as SnapshotHead);
    for await (const line of lines) account.#add(line);
    return account;
  }

  #add(line: SnapshotLine): void {
    if (line.kind === 'error') this.#errors.push(line);
    else if (line.kind === 'listed') this.#listed.add(keyOf(line.call, line.region));
    else if (line.kind === 'item') {
      const key = keyOf(line.call, line.region);
      const items = this.#items.get(key) ?? [];
      this.#items.set(key, items);
      items.push(line);
      this.#byId.set(`${line.call} ${line.item.id}`, line);
    }
  }

  /** The regions that were looked at. */
  get regions(): readonly string[] {
    return this.head.regions;
  }

  /** What a call listed in a region; null where it has no answer. */
  list<Name extends ListName>(name: Name, region: string | null): Found<Name>[] | null {
    const key = keyOf(name, region);
    if (!this.#listed.has(key)) return null;
    return (this.#items.get(key) ?? []).map((line) => found<Name>(line));
  }

  /** A listed thing by its id, in whatever region. */
  byId<Name extends ListName>(name: Name, id: string): Found<Name> | null {
    const line = this.#byId.get(`${name} ${id}`);
    return line === undefined ? null : found<Name>(line);
  }

  /** Calls without an answer, each once a region. */
  unseen(): UnseenCall[] {
    const all = new Map<string, UnseenCall>();
    for (const { call, region, failure, code } of this.#errors) {
      const reason = REASONS[failure] ?? 'failed';
      all.set(keyOf(call, region), { call, region, reason: `${reason} (${code})` });
    }
    return [...all.values()];
  }

  /** Whether a list, or a detail of some of what it lists, has no answer in a region. */
  isUnseen(name: AllowedCall, region: string | null): boolean {
    return this.#errors.some((error) => error.call === name && error.region === region);
  }
}

const REASONS: Readonly<Record<string, string>> = {
  denied: 'denied',
  throttled: 'throttled',
  unsupported: 'unsupported',
  'region-disabled': 'unsupported',
};

function keyOf(call: string, region: string | null): string {
  return `${call} ${region ?? ''}`;
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
