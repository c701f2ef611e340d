import { randomBytes } from 'node:crypto';
import {
  ApplicationFailure,
  defaultPayloadConverter,
  WorkflowFailedError,
  WorkflowNotFoundError,
} from '@temporalio/client';
import type { WorkflowExecutionDescription, WorkflowExecutionInfo } from '@temporalio/client';
import { VedetteError } from '../errors.ts';
import { FAILURE_TYPES } from '../model/failure.ts';
import type { FailureType } from '../model/failure.ts';
import { EXCESS_REMEDY, excessOf, LIMITS, shortened } from '../model/limits.ts';
import {
  accountScanId,
  DEFAULT_ORGANIZATION,
  organizationKeyword,
  organizationScoped,
  SEARCH_ATTRIBUTES,
  WORKFLOWS,
} from '../model/names.ts';
import type { ScanIdentity } from '../model/names.ts';
import { batchNote, batchProgressText, PROGRESS_QUERY } from '../model/pipeline.ts';
import type {
  AccountProgress,
  BatchProgress,
  LabelledBatch,
  ScanRunInput,
  SelectedTarget,
} from '../model/pipeline.ts';
import { currentProgress, currentResult, currentRunInput } from '../model/recorded.ts';
import { AccountOutcomeKind } from '../model/run.ts';
import type { AccountOutcome, RunResult, RunSummary, Stage } from '../model/run.ts';
import type { scanRun } from '../workflows/index.ts';
import type { Place } from './place.ts';
import { codeOf, outlast, temporalError } from './temporal.ts';
import type { Temporal } from './temporal.ts';

/** Of gRPC's codes. */
const NOT_FOUND = 5;

/** Where an account of a running run is. */
export interface RunningAccount extends Omit<AccountProgress, 'failure'> {
  stage: Stage | null;
  stageStartedAt: string | null;
  /** The scanner's last line, why a step is being tried again, or why it failed and what to do. */
  note: string | null;
  /** Of a scan in batches that have names, such as regions: each of them. */
  parts: readonly RunningPart[];
}

/** A part of a scan, in the order of its plan. */
export interface RunningPart extends LabelledBatch {
  /** What it says of itself, or why it is being tried again. */
  note: string | null;
}

/** Readable, sortable by time, unique: `run-2026-11-22-173005-1f3a`; of another organisation `org/acme/run-…`. */
export function newRunId(organizationId: string = DEFAULT_ORGANIZATION, now: Date = new Date()): string {
  const [day, time] = now.toISOString().split('T');
  const id = `run-${day}-${time?.slice(0, 8).replaceAll(':', '')}-${randomBytes(2).toString('hex')}`;
  return organizationScoped(organizationId, id);
}

/**
 * Starts a run and returns its id at once.
 *
 * @throws VedetteError `usage` for more than a run can carry, `temporal-unreachable`
 */
export async function startRun(
  temporal: Temporal,
  taskQueue: string,
  input: ScanRunInput,
  runId: string = newRunId(input.organizationId),
): Promise<string> {
  refuseExcess(input);
  try {
    await temporal.client.workflow.start<typeof scanRun>(WORKFLOWS.scanRun, {
      taskQueue,
      workflowId: runId,
      args: [input],
      staticSummary: summaryOf(input),
      staticDetails: detailsOf(input),
      searchAttributes: { ...searchAttributesOf(input), [SEARCH_ATTRIBUTES.run]: [runId] },
    });
  } catch (error) {
    throw temporalError(error, temporal.address);
  }
  return runId;
}

/** @throws VedetteError `usage` for more than a run can carry. */
export function refuseExcess(input: ScanRunInput): void {
  const message = excessOf(input);
  if (message !== null) throw new VedetteError('usage', message, { remedy: EXCESS_REMEDY });
}

export function summaryOf({ sources, selection }: ScanRunInput): string {
  const source = sources.join(', ');
  if ('all' in selection) return shortened(`All accounts with ${source}`, LIMITS.summary);
  const names = selection.accounts.map(({ name }) => name);
  const shown = names.slice(0, 5).join(', ');
  const more = names.length > 5 ? ` and ${names.length - 5} more` : '';
  return shortened(`${shown}${more} with ${source}`, LIMITS.summary);
}

/** For Temporal's UI, in Markdown: what the run covers, and where to look further. */
export function detailsOf({ sources, concurrency, options }: ScanRunInput): string {
  const { services, regions, initial } = options;
  const list = (names: readonly string[]): string => (names.length === 0 ? 'all' : names.join(', '));
  return [
    `- Services: ${list(services)}`,
    `- Regions: ${list(regions)}`,
    `- ${sources.length > 1 ? 'Scans' : 'Accounts'} at a time: ${concurrency}`,
    ...(initial ? ['- First scan: nobody is told what it finds'] : []),
    '',
    'Each account has a workflow of its own (see _Relationships_); the one that ends in `/summary` has the summary.',
  ].join('\n');
}

/** What a run is found by from its start on. A keyword has one value: several sources are one text. */
export function searchAttributesOf({ organizationId, sources }: ScanRunInput): Record<string, string[]> {
  return {
    [SEARCH_ATTRIBUTES.organization]: [organizationKeyword(organizationId)],
    [SEARCH_ATTRIBUTES.source]: [sources.join(',')],
  };
}

/**
 * Waits for the run's result, also while the server is away.
 *
 * @throws VedetteError what the run failed with, `not-found`, or `temporal-unreachable` after ten minutes without it.
 */
export async function awaitRun(temporal: Temporal, runId: string): Promise<RunResult> {
  for (;;) {
    try {
      return currentResult(await temporal.client.workflow.getHandle<typeof scanRun>(runId).result());
    } catch (error) {
      await outlast(temporal, error).catch((last: unknown) => {
        throw runFailure(temporal, runId, last);
      });
    }
  }
}

/**
 * What is to be done again: each account of a run with the sources that did not succeed.
 *
 * @throws VedetteError `usage` when it is not over, `nothing-to-scan` when every account succeeded, `not-found`
 */
export async function retryInput(place: Place, runId: string, concurrency?: number): Promise<ScanRunInput> {
  const { temporal } = place;
  const { status } = await describeRun(place, runId);
  if (status === 'running')
    throw new VedetteError('usage', `${runId} is not over yet.`, {
      remedy: `Follow it with vedette scan show ${runId} --follow, or stop it with vedette scan cancel ${runId}.`,
    });
  const { accounts } = await runResult(temporal, runId);
  const failed = accounts.filter(({ outcome }) => outcome !== AccountOutcomeKind.Success);
  if (failed.length === 0)
    throw new VedetteError('nothing-to-scan', `Every account of ${runId} succeeded.`, {
      remedy: 'Start a new run with vedette scan run.',
    });
  const before = await runInput(temporal, runId);
  return {
    ...before,
    sources: before.sources.filter((source) => failed.some((account) => account.source === source)),
    concurrency: concurrency ?? before.concurrency,
    selection: { accounts: failedTargets(failed) },
  };
}

/** Each account once, in order, with the sources that failed. */
function failedTargets(failed: readonly AccountOutcome[]): SelectedTarget[] {
  const targets = new Map<string, SelectedTarget & { sources: string[] }>();
  for (const { profile: name, targetKind: kind, accountId, source } of failed) {
    const key = `${kind}/${name}`;
    const target = targets.get(key) ?? { kind, name, accountId, sources: [] };
    target.sources.push(source);
    targets.set(key, target);
  }
  return [...targets.values()];
}

/** @throws VedetteError `usage` when the run is over, `not-found` */
export async function refuseEnded(place: Place, runId: string): Promise<void> {
  const { status } = await describeRun(place, runId);
  if (status === 'running') return;
  throw new VedetteError('usage', `${runId} is over already (${status}).`, {
    remedy: `See vedette scan show ${runId}.`,
  });
}

/** What came of a run that is over; fails as it did. */
export async function runResult(temporal: Temporal, runId: string): Promise<RunResult> {
  try {
    return currentResult(await temporal.client.workflow.getHandle<typeof scanRun>(runId).result());
  } catch (error) {
    throw runFailure(temporal, runId, error);
  }
}

/**
 * Asks a run to stop; it still ends with its result and its summary.
 *
 * @throws VedetteError `not-found`, also for a run of another organisation
 */
export async function cancelRun(place: Place, runId: string): Promise<void> {
  await describeRun(place, runId);
  const { temporal } = place;
  try {
    await temporal.client.workflow.getHandle(runId).cancel();
  } catch (error) {
    throw runFailure(temporal, runId, error);
  }
}

/** The run's scans as they are now; for those that run, their stage and last line. */
export async function liveAccounts(
  { temporal, organizationId }: Place,
  runId: string,
): Promise<RunningAccount[]> {
  const handle = temporal.client.workflow.getHandle(runId);
  const accounts = (await handle.query<AccountProgress[]>(PROGRESS_QUERY)).map(currentProgress);
  return Promise.all(
    accounts.map(async ({ failure, ...account }): Promise<RunningAccount> => {
      const note = failure ? `${failure.message} → ${failure.remedy}` : null;
      const idle = { ...account, stage: null, stageStartedAt: null, note, parts: [] };
      if (account.state !== 'running') return idle;
      return { ...idle, ...(await currentStep(temporal, scanOf(organizationId, account))) };
    }),
  );
}

/** Which scan a line of a run's progress is about. */
export function scanOf(
  organizationId: string,
  { source, targetKind, profile }: Pick<AccountProgress, 'source' | 'targetKind' | 'profile'>,
): ScanIdentity {
  return { organizationId, source, target: { kind: targetKind, name: profile } };
}

async function currentStep(temporal: Temporal, scan: ScanIdentity): Promise<Partial<RunningAccount>> {
  const description = await temporal.client.workflow
    .getHandle(accountScanId(scan))
    .describe()
    .catch(() => null);
  const [activity] = description?.raw.pendingActivities ?? [];
  const [child] = description?.raw.pendingChildren ?? [];
  if (activity === undefined) return child?.workflowId ? batchStep(temporal, child.workflowId) : {};
  const name = activity.activityType?.name;
  const seconds = Number(activity.scheduledTime?.seconds ?? 0);
  return {
    stage: (name === 'cleanUp' ? 'clean-up' : (name ?? null)) as Stage | null,
    stageStartedAt: seconds === 0 ? null : new Date(seconds * 1000).toISOString(),
    note: noteOf(activity),
  };
}

type PendingActivity = NonNullable<WorkflowExecutionDescription['raw']['pendingActivities']>[number];

/** The last line of a step, or why it is being tried again. */
function noteOf({ attempt, lastFailure, heartbeatDetails }: PendingActivity): string | null {
  const failure = lastFailure?.message;
  if (failure) return `attempt ${attempt}: ${failure}`;
  const line = lineOf(heartbeatDetails);
  return line === '' ? null : line;
}

function lineOf(details: PendingActivity['heartbeatDetails']): string | null {
  const [beat] = details?.payloads ?? [];
  const line: unknown = beat == null ? null : defaultPayloadConverter.fromPayload(beat);
  return typeof line === 'string' ? line : null;
}

/** Of a scan in batches; nothing when no worker can tell. */
async function batchStep(temporal: Temporal, workflowId: string): Promise<Partial<RunningAccount>> {
  const handle = temporal.client.workflow.getHandle(workflowId);
  const progress = await handle.query<BatchProgress>(PROGRESS_QUERY).catch(() => null);
  if (progress === null) return {};
  const { startedAt, labelled = [] } = progress;
  const step = { stage: 'scan', stageStartedAt: startedAt, note: batchProgressText(progress) } as const;
  if (labelled.length === 0) return step;
  const description = await handle.describe().catch(() => null);
  const pending = description?.raw.pendingActivities ?? [];
  const parts = labelled.map((batch): RunningPart => {
    const begin = batchNote(batch.label, '');
    const activity = pending.find(({ heartbeatDetails }) => lineOf(heartbeatDetails)?.startsWith(begin));
    const note = activity === undefined ? null : noteOf(activity);
    return { ...batch, note: note?.startsWith(begin) ? note.slice(begin.length) : note };
  });
  return { ...step, parts };
}

/** Newest first. */
export async function listRuns(place: Place, limit: number): Promise<RunSummary[]> {
  const { temporal } = place;
  const runs: RunSummary[] = [];
  try {
    for await (const info of temporal.client.workflow.list({ query: runsOf(place) })) {
      runs.push(runSummaryOf(info));
      if (runs.length === limit) break;
    }
  } catch (error) {
    throw temporalError(error, temporal.address);
  }
  return runs;
}

/** The runs of a place, for those who ask the server. */
export function runsOf({ taskQueue, organizationId }: Place): string {
  const { organization } = SEARCH_ATTRIBUTES;
  const own = `${organization} = ${quoted(organizationKeyword(organizationId))}`;
  // Those of earlier versions say of no organisation that it is theirs.
  const owned = organizationId === DEFAULT_ORGANIZATION ? `(${own} OR ${organization} IS NULL)` : own;
  return `WorkflowType = '${WORKFLOWS.scanRun}' AND TaskQueue = ${quoted(taskQueue)} AND ${owned}`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** @throws VedetteError `not-found`, also for a run of another organisation or task queue */
export async function describeRun(
  { temporal, taskQueue, organizationId }: Place,
  runId: string,
): Promise<RunSummary> {
  try {
    const info = await temporal.client.workflow.getHandle(runId).describe();
    const [owner = organizationKeyword(DEFAULT_ORGANIZATION)] =
      (info.searchAttributes[SEARCH_ATTRIBUTES.organization] as string[] | undefined) ?? [];
    if (
      info.type !== WORKFLOWS.scanRun ||
      info.taskQueue !== taskQueue ||
      owner !== organizationKeyword(organizationId)
    )
      throw new VedetteError('not-found', `There is no run ${runId}.`);
    return runSummaryOf(info);
  } catch (error) {
    throw runFailure(temporal, runId, error);
  }
}

export type Execution = Pick<
  WorkflowExecutionInfo,
  'workflowId' | 'status' | 'startTime' | 'searchAttributes'
> & {
  closeTime?: Date | undefined;
};

export function runSummaryOf(info: Execution): RunSummary {
  const attribute = (name: string): string | null => {
    const [value] = (info.searchAttributes[name] as string[] | undefined) ?? [];
    return value ?? null;
  };
  const outcome = attribute(SEARCH_ATTRIBUTES.outcome);
  return {
    runId: info.workflowId,
    status: statusOf(info.status.name, outcome),
    outcome,
    source: attribute(SEARCH_ATTRIBUTES.source),
    startedAt: info.startTime.toISOString(),
    endedAt: info.closeTime?.toISOString() ?? null,
  };
}

function statusOf(name: string, outcome: string | null): RunSummary['status'] {
  if (name === 'RUNNING') return 'running';
  if (name === 'COMPLETED') return outcome === 'interrupted' ? 'interrupted' : 'completed';
  return name === 'CANCELLED' || name === 'TERMINATED' ? 'interrupted' : 'failed';
}

/** What went wrong with a run, or with a question about it. */
export function runFailure(temporal: Temporal, runId: string, error: unknown): unknown {
  if (error instanceof WorkflowNotFoundError || codeOf(error) === NOT_FOUND) {
    return new VedetteError('not-found', `There is no run ${runId}.`, {
      remedy: 'vedette scan list shows the runs; Temporal forgets them after a while, their scans stay.',
    });
  }
  if (!(error instanceof WorkflowFailedError)) return temporalError(error, temporal.address);
  let cause: unknown = error.cause;
  while (cause instanceof Error && !(cause instanceof ApplicationFailure) && cause.cause) cause = cause.cause;
  const message = cause instanceof Error ? cause.message : error.message;
  const type = cause instanceof ApplicationFailure && isFailureType(cause.type) ? cause.type : 'unexpected';
  const [told] = cause instanceof ApplicationFailure ? (cause.details ?? []) : [];
  return new VedetteError(type, message, { cause: error, ...remedyIn(told) });
}

/** Our own failures tell it beside them. */
function remedyIn(told: unknown): { remedy?: string } {
  const remedy = typeof told === 'object' && told !== null && 'remedy' in told ? told.remedy : undefined;
  return typeof remedy === 'string' ? { remedy } : {};
}

function isFailureType(type: string | null | undefined): type is FailureType {
  return (FAILURE_TYPES as readonly string[]).includes(type ?? '');
}

/** What a run was started with. */
export async function runInput(temporal: Temporal, runId: string): Promise<ScanRunInput> {
  try {
    const { workflowService, options } = temporal.client;
    const execution = { workflowId: runId };
    const { history } = await workflowService.getWorkflowExecutionHistory({
      namespace: options.namespace,
      execution,
      maximumPageSize: 1,
    });
    const [payload] = history?.events?.[0]?.workflowExecutionStartedEventAttributes?.input?.payloads ?? [];
    if (payload == null) throw new VedetteError('not-found', `The history of ${runId} is gone.`);
    return currentRunInput(defaultPayloadConverter.fromPayload<ScanRunInput>(payload));
  } catch (error) {
    throw runFailure(temporal, runId, error);
  }
}
