import { randomUUID } from 'node:crypto';
import { ScheduleAlreadyRunning, WorkflowExecutionAlreadyStartedError } from '@temporalio/client';
import { organizationScoped, WORKFLOWS } from '../model/names.ts';
import type { PulledAccount, PullInput, ReceiveInput, ReceiveResult } from '../model/view360.ts';
import type { view360Pull, view360Receive } from '../workflows/index.ts';
import type { Temporal } from './temporal.ts';

/** Follows the bucket: one workflow for an organisation, whoever asks for it how often. Gives its id. */
export async function startReceiving(
  { client }: Temporal,
  taskQueue: string,
  input: ReceiveInput,
): Promise<string> {
  const workflowId = organizationScoped(input.organizationId, 'view360/receive');
  try {
    await client.workflow.start<typeof view360Receive>(WORKFLOWS.view360Receive, {
      taskQueue,
      workflowId,
      args: [input],
    });
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  }
  return workflowId;
}

/** Loads what waits, and tells what became of it. */
export async function receiveOnce(
  { client }: Temporal,
  taskQueue: string,
  input: ReceiveInput,
  signal: AbortSignal,
): Promise<ReceiveResult> {
  const workflowId = `${organizationScoped(input.organizationId, 'view360/receive-once')}/${randomUUID()}`;
  const handle = await client.workflow.start<typeof view360Receive>(WORKFLOWS.view360Receive, {
    taskQueue,
    workflowId,
    args: [input],
  });
  return untilDone(handle, signal);
}

/** Collects accounts from here, and loads what was collected. */
export async function pull(
  { client }: Temporal,
  taskQueue: string,
  input: PullInput,
  signal: AbortSignal,
): Promise<PulledAccount[]> {
  const workflowId = `${organizationScoped(input.organizationId, 'view360/pull')}/${randomUUID()}`;
  const handle = await client.workflow.start<typeof view360Pull>(WORKFLOWS.view360Pull, {
    taskQueue,
    workflowId,
    args: [input],
  });
  return untilDone(handle, signal);
}

/**
 * What the workflow gives. When whoever waits is interrupted, it is cancelled: what it had begun to load goes on by itself.
 *
 * @throws the signal's reason
 */
async function untilDone<Result>(
  handle: { result(): Promise<Result>; cancel(): Promise<unknown> },
  signal: AbortSignal,
): Promise<Result> {
  let stop: () => void = () => undefined;
  const interrupted = new Promise<never>((_resolve, reject) => {
    stop = () => void handle.cancel().finally(() => reject(signal.reason as Error));
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
  try {
    return await Promise.race([handle.result(), interrupted]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

/** The same every day; an earlier schedule of it is replaced. Gives its id. */
export async function schedulePull(
  temporal: Temporal,
  taskQueue: string,
  input: PullInput,
  cron: string,
): Promise<string> {
  return schedule(temporal, taskQueue, 'view360/pull', WORKFLOWS.view360Pull, input, cron);
}

/** The bucket is looked through whenever `cron` says, whatever the queue tells; an earlier schedule is replaced. Gives its id. */
export async function scheduleReceiving(
  temporal: Temporal,
  taskQueue: string,
  organizationId: string,
  cron: string,
): Promise<string> {
  const input: ReceiveInput = { organizationId, once: true, trigger: 'schedule' };
  return schedule(temporal, taskQueue, 'view360/receive-daily', WORKFLOWS.view360Receive, input, cron);
}

async function schedule(
  { client }: Temporal,
  taskQueue: string,
  id: string,
  workflowType: string,
  input: PullInput | ReceiveInput,
  cron: string,
): Promise<string> {
  const scheduleId = organizationScoped(input.organizationId, id);
  const action = {
    type: 'startWorkflow',
    workflowType,
    workflowId: scheduleId,
    taskQueue,
    args: [input],
  } as const;
  const spec = { cronExpressions: [cron], jitter: '10m' as const };
  try {
    await client.schedule.create({ scheduleId, spec, action });
  } catch (error) {
    if (!(error instanceof ScheduleAlreadyRunning)) throw error;
    await client.schedule.getHandle(scheduleId).update((known) => ({ ...known, spec, action }));
  }
  return scheduleId;
}
