import type { Holder } from '../model/pipeline.ts';
import { artifactActivities } from './artifacts.ts';
import { batchActivities } from './batches.ts';
import type { Dependencies } from './dependencies.ts';
import { messageActivities } from './messages.ts';
import { organizationActivities } from './organizations.ts';
import { storeActivities } from './store.ts';
import { targetActivities } from './targets.ts';
import { view360Activities } from './view360.ts';

/**
 * The steps of the pipeline: each takes its input, calls one domain function and returns a small result. An input that
 * was recorded by an earlier version is brought into today's shape first.
 *
 * @param holder where the steps that open a scan's files must run; null when they can run anywhere
 */
export function createActivities(dependencies: Dependencies, holder: Holder | null) {
  return {
    ...targetActivities(dependencies),
    ...artifactActivities(dependencies, holder),
    ...batchActivities(dependencies),
    ...storeActivities(dependencies),
    ...messageActivities(dependencies),
    ...organizationActivities(dependencies),
    ...view360Activities(dependencies),
  };
}

export type Activities = ReturnType<typeof createActivities>;
