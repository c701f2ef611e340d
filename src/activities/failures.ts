import { ApplicationFailure, CancelledFailure, Context } from '@temporalio/activity';
import type { ActivityInboundCallsInterceptor } from '@temporalio/worker';
import { failureKinds, reportOf, VedetteError } from '../errors.ts';
import type { FailureType } from '../model/failure.ts';
import { boundedFailure, jsonBytes, LIMITS, shortened } from '../model/limits.ts';
import type { AccountFailure } from '../model/run.ts';

/**
 * How often a failure that may pass by itself is tried, where it is not worth trying for ever: a database that
 * is away comes back, a defect of ours does not.
 */
const attemptLimits: Partial<Record<FailureType, number>> = {
  unexpected: 5,
  'scanner-failed': 3,
  'disk-full': 10,
  // Some eight minutes: a server that takes over needs less, a replica stays one.
  'database-read-only': 20,
};

/** The one place where our failures become Temporal's. */
export function failureInterceptor(): ActivityInboundCallsInterceptor {
  return {
    async execute(input, next) {
      try {
        return refuseTooLarge(await next(input));
      } catch (error) {
        if (error instanceof CancelledFailure || error instanceof ApplicationFailure) throw error;
        throw asApplicationFailure(error, Context.current().info.attempt);
      }
    },
  };
}

/** Temporal does not take it, and would have the step be done again. */
function refuseTooLarge(result: unknown): unknown {
  if (typeof result !== 'object' || result === null || jsonBytes(result) <= LIMITS.run) return result;
  throw new VedetteError('unexpected', `The step came to more than ${LIMITS.run} bytes.`);
}

/** As it was thrown, and bounded: what an error says may quote all that it was about. */
function defect(error: Error): ApplicationFailure {
  const message = shortened(error.message, LIMITS.scan);
  const failure = ApplicationFailure.create({ type: error.name, message });
  failure.stack = shortened(error.stack ?? '', LIMITS.failure);
  return failure;
}

function asApplicationFailure(error: unknown, attempt: number): ApplicationFailure {
  const report = reportOf(error);
  const details: AccountFailure = { ...report };
  if (error instanceof VedetteError) {
    if (error.exitCode !== undefined) details.exitCode = error.exitCode;
    if (error.lastLines !== undefined) details.lastLines = error.lastLines;
  }
  const limit = attemptLimits[report.type];
  const exhausted = limit !== undefined && attempt >= limit;
  const failure = ApplicationFailure.create({
    type: report.type,
    message: shortened(report.message, LIMITS.scan),
    nonRetryable: exhausted || !failureKinds[report.type].retryable,
    details: [boundedFailure(details, LIMITS.failure)],
    // The stack of a defect helps; that of a known failure only repeats its message, as does our own here.
    ...(report.type === 'unexpected' && error instanceof Error ? { cause: defect(error) } : {}),
  });
  failure.stack = '';
  return failure;
}
