import { proxyActivities, setCurrentDetails } from '@temporalio/workflow';
import type { Activities } from '../activities/index.ts';
import { durationText } from '../model/duration.ts';
import { purgeText } from '../model/purge.ts';
import type { PurgeInput, PurgeResult } from '../model/purge.ts';
import { currentPurgeInput } from '../model/recorded.ts';
import type { RecordedPurgeInput } from '../model/recorded.ts';

const { purge: removeOld } = proxyActivities<Activities>({
  startToCloseTimeout: '6h',
  heartbeatTimeout: '20s',
  retry: { initialInterval: '1s', maximumInterval: '30s' },
});

/** Removes from the database what is older than wanted, counted from the start of the workflow. */
export async function purge(recorded: PurgeInput | RecordedPurgeInput): Promise<PurgeResult> {
  const { organizationId, olderThanMs } = currentPurgeInput(recorded);
  const before = new Date(Date.now() - olderThanMs).toISOString();
  const summary = `Remove what is older than ${durationText(olderThanMs)}`;
  const result = await removeOld.executeWithOptions({ summary }, [{ organizationId, before }]);
  setCurrentDetails(purgeText(result));
  return result;
}
