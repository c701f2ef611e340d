import { defaultPayloadConverter } from '@temporalio/client';
import { VedetteError } from '../errors.ts';
import type { RunSummary } from '../model/run.ts';
import type { Place } from './place.ts';
import { runsOf, runSummaryOf } from './runs.ts';
import type { Execution } from './runs.ts';
import { codeOf, temporalError, withDeadline } from './temporal.ts';
import type { Temporal } from './temporal.ts';

type Service = Temporal['client']['workflowService'];
type RawExecution = NonNullable<Awaited<ReturnType<Service['listWorkflowExecutions']>>['executions']>[number];
type RawTime = { seconds?: unknown; nanos?: unknown } | null | undefined;

const CURSOR = /^runs:([\w-]*)$/;
/** Of gRPC's codes. */
const INVALID_ARGUMENT = 3;
/** By the numbers of Temporal's `WorkflowExecutionStatus`. */
const STATUSES: readonly Execution['status']['name'][] = [
  'UNSPECIFIED',
  'RUNNING',
  'COMPLETED',
  'FAILED',
  'CANCELLED',
  'TERMINATED',
  'CONTINUED_AS_NEW',
  'TIMED_OUT',
];

/**
 * The runs, newest first; `nextCursor` leads to the next page, null on the last.
 *
 * @throws VedetteError `usage` for a cursor that is none; `temporal-unreachable`.
 */
export async function listRunPage(
  place: Place,
  { limit, cursor }: { limit: number; cursor?: string | undefined },
): Promise<{ runs: RunSummary[]; nextCursor: string | null }> {
  const { temporal } = place;
  const { workflowService, options } = temporal.client;
  try {
    const { executions, nextPageToken } = await withDeadline(temporal, () =>
      workflowService.listWorkflowExecutions({
        namespace: options.namespace,
        query: runsOf(place),
        pageSize: limit,
        ...(cursor === undefined ? {} : { nextPageToken: tokenOf(cursor) }),
      }),
    );
    const more = nextPageToken != null && nextPageToken.length > 0;
    return {
      runs: (executions ?? []).map((raw) => runSummaryOf(executionOf(raw))),
      nextCursor: more ? `runs:${Buffer.from(nextPageToken).toString('base64url')}` : null,
    };
  } catch (error) {
    if (cursor !== undefined && codeOf(error) === INVALID_ARGUMENT) throw notACursor(cursor);
    throw temporalError(error, temporal.address);
  }
}

function tokenOf(cursor: string): Uint8Array {
  const [, token] = CURSOR.exec(cursor) ?? [];
  if (token === undefined) throw notACursor(cursor);
  return Buffer.from(token, 'base64url');
}

function notACursor(cursor: string): VedetteError {
  return new VedetteError('usage', `${JSON.stringify(cursor)} is not a cursor of this list.`, {
    remedy: 'Give the nextCursor of the page before, unchanged.',
  });
}

function executionOf({ execution, status, startTime, closeTime, searchAttributes }: RawExecution): Execution {
  const attributes = Object.entries(searchAttributes?.indexedFields ?? {}).map(([name, payload]) => {
    const value: unknown = defaultPayloadConverter.fromPayload(payload);
    return [name, Array.isArray(value) ? value : [value]] as const;
  });
  const closed = timeOf(closeTime);
  return {
    workflowId: execution?.workflowId ?? '',
    status: { code: status ?? 0, name: STATUSES[status ?? 0] ?? 'UNKNOWN' },
    startTime: timeOf(startTime) ?? new Date(0),
    searchAttributes: Object.fromEntries(attributes),
    ...(closed === null ? {} : { closeTime: closed }),
  };
}

function timeOf(time: RawTime): Date | null {
  return time == null ? null : new Date(Number(time.seconds ?? 0) * 1000 + Number(time.nanos ?? 0) / 1e6);
}
