import { CancelledFailure, Context } from '@temporalio/activity';
import type { Logger } from '../log.ts';
import { jsonBytes, LIMITS, shortened } from '../model/limits.ts';
import { actingAs, newAuthor } from '../store/access/author.ts';
import type { WorkContext } from '../work-context.ts';
import { recordStep } from './metrics.ts';
import type { StepResult } from './metrics.ts';

const HEARTBEAT_INTERVAL_MS = 1000;

/** What an attempt leaves for the next one, in case that it is given up; travels with the heartbeats. */
export interface AttemptMemory {
  /** Undefined when no attempt before this one has kept anything, or too much. */
  before: unknown;
  keep(value: object): void;
}

/**
 * Makes a domain function an activity: it gets the abort signal, a logger that names the account, and a
 * progress function whose last line travels with every heartbeat, unless something is kept for another attempt.
 */
export function activity<Input, Result>(
  logger: Logger,
  run: (input: Input, context: WorkContext, memory: AttemptMemory) => Promise<Result>,
): (input: Input) => Promise<Result> {
  return async (input) => {
    const context = Context.current();
    const { workflowId, runId } = context.info.workflowExecution ?? {};
    const { heartbeatDetails } = context.info;
    const source = sourceOf(input);
    let details: unknown = '';
    let result: StepResult = 'failed';
    const startedAt = Date.now();
    const beat = setInterval(() => context.heartbeat(details), HEARTBEAT_INTERVAL_MS);
    try {
      const work: WorkContext = {
        signal: context.cancellationSignal,
        onProgress: (progress) => {
          if (typeof details === 'string') details = shortened(progress, LIMITS.line);
        },
        logger: logger.child({
          workflow: workflowId,
          execution: runId,
          activity: context.info.activityType,
          ...(source !== undefined && { source }),
        }),
      };
      const memory: AttemptMemory = {
        before: typeof heartbeatDetails === 'object' ? heartbeatDetails : undefined,
        keep(value) {
          if (jsonBytes(value) > LIMITS.step) return;
          details = value;
          context.heartbeat(value);
        },
      };
      const author = newAuthor(`workflow ${workflowId ?? 'unknown'}`);
      const value = await actingAs(author, () => run(input, work, memory));
      result = 'done';
      return value;
    } catch (error) {
      if (!context.cancellationSignal.aborted) throw error;
      result = 'cancelled';
      throw cancellation(context, error);
    } finally {
      clearInterval(beat);
      recordStep(result, Date.now() - startedAt, source);
    }
  };
}

/** The steps of a scan say in their input with what it is done. */
function sourceOf(input: unknown): string | undefined {
  const source = typeof input === 'object' && input !== null && 'source' in input ? input.source : undefined;
  return typeof source === 'string' ? source : undefined;
}

/** Whatever a domain function throws because it was told to stop is a cancellation for Temporal. */
function cancellation(context: Context, thrown: unknown): CancelledFailure {
  const reason: unknown = context.cancellationSignal.reason;
  if (reason instanceof CancelledFailure) return reason;
  return new CancelledFailure('cancelled', [], thrown instanceof Error ? thrown : undefined);
}
