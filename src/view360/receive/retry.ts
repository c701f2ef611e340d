import { VedetteError } from '../../errors.ts';
import type { LoadOutcome } from '../../model/view360.ts';
import type { Config } from '../../settings.ts';
import type { Store } from '../../store/database/store.ts';
import { receivedFile } from '../../store/view360/status.ts';
import type { WorkContext } from '../../work-context.ts';
import { loadFile, LOCAL } from './load-file.ts';
import { receiveObject } from './receive.ts';

/**
 * Loads a file again that was rejected, given up, or loaded in part; sections that are loaded stay as they are.
 *
 * @throws VedetteError `not-found`, `usage` for a file that is loaded, and those of loading
 */
export async function retryFile(
  store: Store,
  config: Config,
  id: number,
  context: WorkContext,
): Promise<LoadOutcome> {
  const { organizationId } = config.general;
  const file = await receivedFile(store, organizationId, id);
  if (file === undefined) {
    throw new VedetteError('not-found', `There is no file ${id}.`, {
      remedy: 'See vedette view360 status --files.',
    });
  }
  if (['LOADED', 'DUPLICATE', 'SUPERSEDED'].includes(file.status)) {
    throw new VedetteError('usage', `File ${id} is ${file.status}.`, {
      remedy: 'There is nothing to try again.',
    });
  }
  const options = { organizationId, unknownAccounts: config.view360.unknownAccounts };
  if (file.bucket === LOCAL) return loadFile(store, { file: file.key }, options, context);
  const { key } = file;
  const object = { bucket: file.bucket, key, versionId: null };
  const outcome = await receiveObject(store, config, object, options, context);
  if (outcome !== undefined) return outcome;
  throw new VedetteError('results-missing', `s3://${file.bucket}/${key} is not there.`, {
    remedy: `Copy it back from rejected/ to ${key}, or have the account send it again.`,
  });
}
