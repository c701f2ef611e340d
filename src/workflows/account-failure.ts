import {
  ActivityFailure,
  ApplicationFailure,
  ChildWorkflowFailure,
  TimeoutFailure,
} from '@temporalio/workflow';
import { boundedFailure, LIMITS, shortened } from '../model/limits.ts';
import type { AccountFailure, Stage, StageFailure } from '../model/run.ts';

const HOLDER_GONE: AccountFailure = {
  type: 'artifact-lost',
  message: 'the worker that holds the results is gone',
  remedy: 'Keep the workers running, or let them share their files (VEDETTE_ARTIFACTS=s3://…).',
};

/**
 * The failure of a stage as the failure of the account's workflow, so that it is red where the fault is. The history of the
 * run has it too, so that it is bounded; that of the step in the account's own history is longer.
 */
export function stageFailure(stage: Stage, whole: AccountFailure): ApplicationFailure {
  const failure = boundedFailure(whole, LIMITS.scan);
  const details: StageFailure = { stage, failure };
  const red = ApplicationFailure.create({
    type: failure.type,
    message: shortened(`${stage}: ${failure.message}`, LIMITS.scan),
    nonRetryable: true,
    details: [details],
  });
  // Where it was made tells nothing, and hides the details in Temporal's UI.
  red.stack = '';
  return red;
}

/** Reads back, in the run, what `stageFailure` put into an account's failure. */
export function stageFailureOf(error: unknown): StageFailure {
  const cause = error instanceof ChildWorkflowFailure ? error.cause : error;
  if (cause instanceof ApplicationFailure && isStageFailure(cause.details?.[0])) return cause.details[0];
  return { stage: 'scan', failure: accountFailureOf(cause) };
}

/** Of a failed step; one that its own worker never began is `artifact-lost`, for the files lie there. */
export function failureTypeOf(error: unknown): string | undefined {
  if (!(error instanceof ActivityFailure || error instanceof ChildWorkflowFailure)) return undefined;
  if (neverBegan(error.cause)) return 'artifact-lost';
  return error.cause instanceof ApplicationFailure ? (error.cause.type ?? undefined) : undefined;
}

function neverBegan(cause: unknown): boolean {
  return cause instanceof TimeoutFailure && cause.timeoutType === 'SCHEDULE_TO_START';
}

export function accountFailureOf(error: unknown): AccountFailure {
  const cause =
    error instanceof ActivityFailure || error instanceof ChildWorkflowFailure ? error.cause : error;
  const detail: unknown = cause instanceof ApplicationFailure ? cause.details?.[0] : undefined;
  if (isAccountFailure(detail)) return detail;
  if (isStageFailure(detail)) return detail.failure;
  if (neverBegan(cause)) return HOLDER_GONE;
  const message =
    cause instanceof TimeoutFailure ? `no answer in time (${cause.timeoutType})` : messageOf(cause ?? error);
  return { type: 'unexpected', message, remedy: 'See the workflow in Temporal for the whole story.' };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function isAccountFailure(value: unknown): value is AccountFailure {
  return typeof value === 'object' && value !== null && 'type' in value && 'remedy' in value;
}

function isStageFailure(value: unknown): value is StageFailure {
  return typeof value === 'object' && value !== null && 'stage' in value && 'failure' in value;
}
