import { openAccess } from '../accounts/open-access.ts';
import type { AccountScanInput } from '../model/pipeline.ts';
import { sourceConfig } from '../settings.ts';
import type { CollectInput, Scanner } from '../sources/source.ts';
import type { Dependencies } from './dependencies.ts';

/** All that a source is given for its work on one account's scan. */
export async function collectInput(
  { config, store }: Dependencies,
  source: Scanner,
  { organizationId, target, options }: AccountScanInput,
  folder: string,
): Promise<CollectInput> {
  const access = await openAccess(target, organizationId, { config, store });
  return { ...sourceConfig(config, source), target, access, options, folder };
}
