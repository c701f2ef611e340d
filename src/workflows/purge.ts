import { proxyActivities, setCurrentDetails } from '@temporalio/workflow';
import type { Activities } from '../activities/index.ts';
import { durationText } from '../model/duration.ts';
import { purgeText } from '../model/purge.ts';
import type { PurgeInput, PurgeResult } from '../model/purge.ts';

const { purge: removeOld } = proxyActivities<Activities>({
  startToCloseTimeout: '6h',
  heartbeatTimeout: '20s',
  retry: { initialInterval: '1s', maximumInterval: '30s' },
});

/** Removes from the database what is older than wanted, counted from the start of the workflow. */
export async function purge({ olderThanMs }: PurgeInput): Promise<PurgeResult> {
  const before = new Date(Date.now() - olderThanMs).toISOString();
  const summary = `Remove what is older than ${durationText(olderThanMs)}`;
  const result = await removeOld.executeWithOptions({ summary }, [{ before }]);
  setCurrentDetails(purgeText(result));
  return result;
}
