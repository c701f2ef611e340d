import type { AllowedCall } from '../../src/aws/read-only.ts';
import { isListCall } from '../../src/collect/call.ts';
import type { Call, CollectedItem } from '../../src/collect/call.ts';
import { SNAPSHOT_FORMAT } from '../../src/collect/snapshot.ts';
import type { SnapshotHead, SnapshotLine } from '../../src/collect/snapshot.ts';
import { calls } from '../../src/sources/detections/calls.ts';

export const ACCOUNT = '111111111111';
export const HERE = 'us-east-1';
export const ELSEWHERE = 'eu-west-1';
export const NOW = '2026-11-28T00:00:00.000Z';

/** One thing that AWS lists, with what it says of it. */
export interface Listed {
  item: CollectedItem & Record<string, unknown>;
  details: Record<string, unknown>;
}

/** What a scan for detections sees of an account of AWS, made by hand. */
export class World {
  readonly lists = new Map<string, Listed[]>();

  add(call: keyof typeof calls, item: Listed['item'], details: Record<string, unknown> = {}): void {
    this.lists.set(call, [...this.of(call), { item, details }]);
  }

  of(call: keyof typeof calls): Listed[] {
    return this.lists.get(call) ?? [];
  }

  /** Changes the first of a list. */
  change(call: keyof typeof calls, more: Record<string, unknown>): void {
    Object.assign(this.of(call)[0]?.item ?? {}, more);
  }

  /** Changes what is said of the first of a list. */
  tell(call: keyof typeof calls, detail: keyof typeof calls, more: object): void {
    const [first] = this.of(call) as [Listed];
    first.details[detail] = { ...(first.details[detail] as object), ...more };
  }

  *lines(): Generator<SnapshotLine> {
    const head: SnapshotHead = {
      kind: 'head',
      format: SNAPSHOT_FORMAT,
      source: 'detections',
      version: '0',
      accountId: ACCOUNT,
      partition: 'aws',
      startedAt: NOW,
      regions: [HERE, ELSEWHERE],
      regionsAsked: false,
      places: [null, HERE, ELSEWHERE],
      asked: {},
    };
    yield head;
    for (const region of [null, HERE, ELSEWHERE]) {
      for (const name of Object.keys(calls) as AllowedCall[]) {
        const call: Call = calls[name as keyof typeof calls];
        if (!isListCall(call) || (call.where === 'region') === (region === null)) continue;
        yield { kind: 'listed', call: name, region };
        for (const { item, details } of this.lists.get(name) ?? []) {
          const there = item.id.split(':')[3] || null;
          if (there === region) yield { kind: 'item', call: name, region, item, details };
        }
      }
      yield { kind: 'end', region };
    }
  }
}
