import type { AllowedCall } from '../../aws/read-only.ts';
import type { ErrorLine, ItemLine, SnapshotHead, SnapshotLine } from '../../collect/snapshot.ts';
import type { UnseenCall } from '../../model/coverage.ts';

/** What a scan saw, in memory: detections are few beside what they watch. */
export class Seen {
  readonly head: SnapshotHead;
  readonly #listed = new Set<string>();
  readonly #items = new Map<string, ItemLine[]>();
  readonly #byId = new Map<string, ItemLine>();
  readonly #errors: ErrorLine[] = [];

  constructor(head: SnapshotHead) {
    this.head = head;
  }

  add(line: SnapshotLine): void {
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

  /** What a call listed in a region; null where it has no answer. */
  protected lines(name: string, region: string | null): readonly ItemLine[] | null {
    const key = keyOf(name, region);
    return this.#listed.has(key) ? (this.#items.get(key) ?? []) : null;
  }

  protected lineOf(name: string, id: string): ItemLine | null {
    return this.#byId.get(`${name} ${id}`) ?? null;
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
