import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import {
  ActivityFailure,
  ApplicationFailure,
  continueAsNew,
  ParentClosePolicy,
  proxyActivities,
  startChild,
  workflowInfo,
} from '@temporalio/workflow';
import type { ChildWorkflowHandle } from '@temporalio/workflow';
import type { Activities } from '../activities/index.ts';
import type {
  Listing,
  LoadedPayload,
  PayloadRef,
  PulledAccount,
  PullInput,
  ReceiveInput,
  ReceiveResult,
  WaitingPayload,
} from '../model/view360.ts';
import { STEP } from './steps.ts';

/** A payload that cannot be loaded after so many attempts is given up, and told. */
const ATTEMPTS = 8;
const { view360LoadObject } = proxyActivities<Activities>({
  ...STEP,
  retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '60s', maximumAttempts: ATTEMPTS },
});
const { view360GiveUp, view360Acknowledge, view360Listed, view360BeginRun, view360EndRun } =
  proxyActivities<Activities>(STEP);
const { view360Noticed } = proxyActivities<Activities>({ ...STEP, startToCloseTimeout: '2m' });
const { view360PullAccount } = proxyActivities<Activities>({
  ...STEP,
  retry: { initialInterval: '10s', backoffCoefficient: 2, maximumInterval: '5m', maximumAttempts: 3 },
});

/** How many are begun before the history is begun anew. */
const MOST_BEGUN = 500;
/** Notices may be lost: so often the bucket itself is looked into. */
const LIST_EVERY_MS = 6 * 3_600_000;

/** Loads one payload of the bucket; one that cannot be loaded is given up, and can be tried again by hand. */
export async function view360Load(
  input: PayloadRef & { organizationId: string; runId: number | null },
): Promise<LoadedPayload> {
  try {
    return await view360LoadObject(input);
  } catch (error) {
    if (!(error instanceof ActivityFailure)) throw error;
    const cause = error.cause instanceof ApplicationFailure ? error.cause : undefined;
    const code = cause?.type ?? 'unexpected';
    const message = cause?.message ?? error.message;
    await view360GiveUp({ ...input, code, message });
    return { key: input.key, status: 'dead', error: message };
  }
}

/** Begins to load whatever waits in the bucket: by its notices, and now and then by a look into it. */
export async function view360Receive(input: ReceiveInput): Promise<ReceiveResult> {
  const { once, continued } = input;
  const listing: Listing = continued?.listing ?? { after: null, at: Date.now(), isOver: false };
  const result: ReceiveResult = continued?.result ?? { started: 0, loaded: 0, rejected: 0, failed: 0 };
  const runId = await view360BeginRun(runOf(input));
  let begun = 0;
  for (;;) {
    if (listing.isOver && Date.now() - listing.at >= LIST_EVERY_MS)
      Object.assign(listing, { after: null, at: Date.now(), isOver: false });
    if (!listing.isOver) {
      const { payloads, next } = await view360Listed({ after: listing.after });
      Object.assign(listing, { after: next, isOver: next === null });
      begun += await begin(payloads, input, runId, result);
    }
    // What was put meanwhile is noticed at once, not when the bucket has been looked through.
    const { payloads, receipts } = await view360Noticed({ waits: !once && listing.isOver });
    begun += await begin(payloads, input, runId, result);
    // Only now: a notice of what did not begin comes again.
    if (receipts.length > 0) await view360Acknowledge({ receipts });
    const isOver = once && listing.isOver && receipts.length === 0;
    const isLong = begun >= MOST_BEGUN || workflowInfo().continueAsNewSuggested;
    if (!isOver && !isLong) continue;
    await view360EndRun({ id: runId, organizationId: input.organizationId });
    if (isOver) return result;
    await continueAsNew<typeof view360Receive>({ ...input, continued: { listing, result } });
  }
}

function runOf({ organizationId, trigger }: Pick<ReceiveInput, 'organizationId' | 'trigger'>) {
  const { workflowId, runId } = workflowInfo();
  return { organizationId, trigger, workflowId, runId };
}

/** Gives how many were to begin: those that were loading already are in the history as well. */
async function begin(
  payloads: readonly WaitingPayload[],
  { organizationId, once }: ReceiveInput,
  runId: number,
  result: ReceiveResult,
): Promise<number> {
  const children: ChildWorkflowHandle<typeof view360Load>[] = [];
  for (const { workflowId, ...ref } of payloads) {
    try {
      children.push(
        await startChild(view360Load, {
          workflowId,
          args: [{ ...ref, organizationId, runId }],
          workflowIdReusePolicy: 'ALLOW_DUPLICATE_FAILED_ONLY',
          parentClosePolicy: ParentClosePolicy.ABANDON,
        }),
      );
      result.started += 1;
    } catch (error) {
      // It is being loaded, or was: the ledger knows.
      if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
    }
  }
  if (!once) return payloads.length;
  for (const { status } of await Promise.all(children.map((child) => child.result()))) {
    if (status === 'rejected') result.rejected += 1;
    else if (status === 'dead' || status === 'failed' || status === 'partial') result.failed += 1;
    else result.loaded += 1;
  }
  return payloads.length;
}

/** Collects accounts by their roles or profiles, some at a time; one that fails does not stop the others. */
export async function view360Pull(input: PullInput): Promise<PulledAccount[]> {
  const { organizationId, interval, concurrency } = input;
  const date = input.date ?? new Date(Date.now()).toISOString().slice(0, 10);
  const waiting = [...input.targets];
  const pulled: PulledAccount[] = [];
  const runId = await view360BeginRun(runOf({ organizationId, trigger: 'pull' }));
  const work = async (): Promise<void> => {
    for (let target = waiting.shift(); target !== undefined; target = waiting.shift()) {
      const { name, accountId } = target;
      try {
        pulled.push(
          await view360PullAccount({
            organizationId,
            target,
            interval,
            date,
            isWhole: input.date !== null,
            runId,
          }),
        );
      } catch (error) {
        if (!(error instanceof ActivityFailure)) throw error;
        const message = error.cause instanceof Error ? error.cause.message : error.message;
        pulled.push({ name, accountId, collected: null, loaded: null, error: message });
      }
    }
  };
  await Promise.all(Array.from({ length: Math.max(1, concurrency) }, work));
  await view360EndRun({ id: runId, organizationId });
  return pulled;
}
