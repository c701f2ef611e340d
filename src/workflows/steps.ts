import { ActivityCancellationType } from '@temporalio/workflow';
import type { ActivityOptions } from '@temporalio/workflow';
import type { Holder } from '../model/pipeline.ts';

/** A step of an account's scan: tried again by our rules, given to another worker when its own is gone. */
export const STEP = {
  startToCloseTimeout: '6h',
  /** A worker that is gone is noticed after this long; its work goes on with another. */
  heartbeatTimeout: '20s',
  retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '30s' },
  cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
} as const satisfies ActivityOptions;

/** Where the steps that open a scan's files must run. */
export function at(holder: Holder | null): Pick<ActivityOptions, 'taskQueue' | 'scheduleToStartTimeout'> {
  return holder === null ? {} : { taskQueue: holder.taskQueue, scheduleToStartTimeout: holder.waitMs };
}
