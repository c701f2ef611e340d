import type { ListedObject, ObjectLedger, ObjectOutcome } from '../../src/model/object-ledger.ts';

/** What was told to a ledger that lives in memory. */
export interface MemoryLedger extends ObjectLedger {
  outcomes: Map<string, ObjectOutcome>;
  /** Batches by name: how many objects were planned. */
  batches: Map<string, number>;
}

/** A ledger that knows nothing at first, and remembers what it is told as the database does. */
export function emptyLedger(): MemoryLedger {
  const outcomes = new Map<string, ObjectOutcome>();
  const batches = new Map<string, number>();
  return {
    jobId: 'run-test',
    outcomes,
    batches,
    begin: async () => undefined,
    async planned(all) {
      for (const { name, objects } of all) batches.set(name, objects);
    },
    started: async () => undefined,
    async known(_bucket: string, objects: readonly ListedObject[]) {
      const same = objects.flatMap(({ key, etag }) => {
        const outcome = outcomes.get(key);
        const isSame = outcome?.etag === etag && outcome.status === 'succeeded';
        return isSame ? [[key, outcome.matches] as const] : [];
      });
      return new Map(same);
    },
    async record(_batch, _bucket, _detectors, all) {
      for (const outcome of all) if (!outcome.isKnown) outcomes.set(outcome.key, outcome);
    },
    async failed(_job, after, limit) {
      const keys = [...outcomes.values()].filter(({ status, key }) => status === 'failed' && key > after);
      return keys.map(({ key }) => key).slice(0, limit);
    },
  };
}
