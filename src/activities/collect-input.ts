import { openAccess } from '../accounts/open-access.ts';
import type { AccountScanInput } from '../model/pipeline.ts';
import { sourceConfig } from '../settings.ts';
import type { CollectInput, Scanner } from '../sources/source.ts';
import { objectLedger } from '../store/objects/ledger.ts';
import { settingsFor } from '../store/organizations/settings.ts';
import type { Dependencies } from './dependencies.ts';
import { countObjects } from './metrics.ts';

/** All that a source is given for its work on one account's scan. */
export async function collectInput(
  { config: installation, store }: Dependencies,
  source: Scanner,
  { organizationId, runId, target, options }: AccountScanInput,
  folder: string,
  signal: AbortSignal,
): Promise<CollectInput> {
  const config = await settingsFor(await store(), installation, organizationId);
  const access = await openAccess(target, organizationId, { config, store });
  const ledger = objectLedger(store, organizationId, runId, signal);
  return {
    ...sourceConfig(config, source),
    target,
    access,
    options,
    ledger: {
      ...ledger,
      async record(batch, bucket, detectors, outcomes) {
        await ledger.record(batch, bucket, detectors, outcomes);
        countObjects(outcomes);
      },
    },
    folder,
  };
}
