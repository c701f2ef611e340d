import { CancelledFailure, Context } from '@temporalio/activity';
import type { Logger } from '../log.ts';
import type { WorkContext } from '../sources/source.ts';
import { recordStep } from './metrics.ts';
import type { StepResult } from './metrics.ts';

const HEARTBEAT_INTERVAL_MS = 1000;

/**
 * Makes a domain function an activity: it gets the abort signal, a logger that names the account, and a
 * progress function whose last line travels with every heartbeat.
 */
export function activity<Input, Result>(
  logger: Logger,
  run: (input: Input, context: WorkContext) => Promise<Result>,
): (input: Input) => Promise<Result> {
  return async (input) => {
    const context = Context.current();
    const { workflowId, runId } = context.info.workflowExecution ?? {};
    let line = '';
    let result: StepResult = 'failed';
    const startedAt = Date.now();
    const beat = setInterval(() => context.heartbeat(line), HEARTBEAT_INTERVAL_MS);
    try {
      const value = await run(input, {
        signal: context.cancellationSignal,
        onProgress: (progress) => {
          line = progress;
        },
        logger: logger.child({ workflow: workflowId, execution: runId, activity: context.info.activityType }),
      });
      result = 'done';
      return value;
    } catch (error) {
      if (!context.cancellationSignal.aborted) throw error;
      result = 'cancelled';
      throw cancellation(context, error);
    } finally {
      clearInterval(beat);
      recordStep(result, Date.now() - startedAt);
    }
  };
}

/** Whatever a domain function throws because it was told to stop is a cancellation for Temporal. */
function cancellation(context: Context, thrown: unknown): CancelledFailure {
  const reason: unknown = context.cancellationSignal.reason;
  if (reason instanceof CancelledFailure) return reason;
  return new CancelledFailure('cancelled', [], thrown instanceof Error ? thrown : undefined);
}
