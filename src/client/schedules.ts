import { setTimeout as sleep } from 'node:timers/promises';
import { ScheduleAlreadyRunning, ScheduleNotFoundError } from '@temporalio/client';
import type {
  ScheduleDescription,
  ScheduleHandle,
  ScheduleOptions,
  ScheduleOverlapPolicy,
} from '@temporalio/client';
import { VedetteError } from '../errors.ts';
import { durationText } from '../model/duration.ts';
import { LIMITS, shortened } from '../model/limits.ts';
import { organizationKeyword, organizationScoped, SEARCH_ATTRIBUTES, WORKFLOWS } from '../model/names.ts';
import type { ScanRunInput } from '../model/pipeline.ts';
import type { PurgeInput } from '../model/purge.ts';
import { currentPurgeInput, currentRunInput } from '../model/recorded.ts';
import type { RecordedPurgeInput, RecordedRunInput } from '../model/recorded.ts';
import { compareSchedule } from '../model/schedule.ts';
import type {
  OverlapPolicy,
  ScheduleChange,
  ScheduledWork,
  ScheduleDefinition,
  ScheduleTiming,
} from '../model/schedule.ts';
import type { Place } from './place.ts';
import { detailsOf, refuseExcess, searchAttributesOf, summaryOf } from './runs.ts';
import { temporalError } from './temporal.ts';

/** A schedule as the server has it. Times are ISO 8601 in UTC. */
export interface StoredSchedule {
  definition: ScheduleDefinition;
  paused: boolean;
  /** Why it is paused; null while it is not. */
  note: string | null;
  createdAt: string;
  /** The next times, at most ten. */
  nextRunsAt: readonly string[];
  /** What it started lately, newest first. */
  recentRuns: readonly { runId: string; startedAt: string }[];
  running: readonly string[];
  /** Runs that were not started, as the run before was under way. */
  skippedRuns: number;
  /** Runs that were missed for longer than may be caught up. */
  missedRuns: number;
}

const PREFIX = 'vedette-';
/** In the memo of every schedule that we made. */
const MARK = { madeBy: 'vedette' } as const;
const TRIGGER_WAIT_MS = 5000;
const TRIGGER_POLL_MS = 100;

/**
 * Only ours, by name; those of others in the namespace are left out. The server lists a new schedule some moments after it
 * was made: those `also` named are looked up.
 */
export async function listSchedules(place: Place, also: readonly string[] = []): Promise<StoredSchedule[]> {
  const names = new Set(also);
  const prefix = scheduleId(place, '');
  await answered(place, async () => {
    for await (const { scheduleId: id, memo } of place.temporal.client.schedule.list()) {
      if (id.startsWith(prefix) && memo?.['madeBy'] === MARK.madeBy) names.add(id.slice(prefix.length));
    }
  });
  const schedules = await Promise.all([...names].map((name) => findSchedule(place, name)));
  return schedules
    .filter((schedule) => schedule !== undefined)
    .toSorted((one, other) => (one.definition.name < other.definition.name ? -1 : 1));
}

/** Undefined when there is none of this name, or none of ours. */
export async function findSchedule(place: Place, name: string): Promise<StoredSchedule | undefined> {
  const description = await describe(place, name);
  return description !== undefined && isOurs(place, description) ? scheduleOf(name, description) : undefined;
}

/** @throws VedetteError `not-found` */
export async function getSchedule(place: Place, name: string): Promise<StoredSchedule> {
  const schedule = await findSchedule(place, name);
  if (schedule !== undefined) return schedule;
  throw new VedetteError('not-found', `There is no schedule ${name}.`, {
    remedy: 'vedette schedule list shows the schedules.',
  });
}

/**
 * Makes the schedule, or makes it what is wanted; a paused one stays paused. Gives what had to change.
 *
 * @throws VedetteError `usage` when the server refuses the definition or the name belongs to somebody else.
 */
export async function putSchedule(place: Place, wanted: ScheduleDefinition): Promise<ScheduleChange> {
  const change = compareSchedule(wanted, (await findSchedule(place, wanted.name))?.definition);
  const options = optionsOf(place, wanted);
  if (change.change === 'create') {
    await written(place, wanted.name, () => place.temporal.client.schedule.create(options));
  }
  if (change.change === 'update') {
    const update = ({ state }: ScheduleDescription) => ({
      ...options,
      state: state.paused ? state : { ...state, note: noteOf(wanted) },
    });
    await written(place, wanted.name, () => handle(place, wanted.name).update(update));
  }
  return change;
}

/** @throws VedetteError `not-found` */
export async function pauseSchedule(place: Place, name: string, note: string): Promise<void> {
  await getSchedule(place, name);
  await answered(place, () => handle(place, name).pause(note));
}

/** @throws VedetteError `not-found` */
export async function resumeSchedule(place: Place, name: string): Promise<void> {
  const { definition } = await getSchedule(place, name);
  await answered(place, () => handle(place, name).unpause(noteOf(definition)));
}

/** @throws VedetteError `not-found` */
export async function deleteSchedule(place: Place, name: string): Promise<void> {
  await getSchedule(place, name);
  await answered(place, () => handle(place, name).delete());
}

/**
 * Starts a run now, also while another is under way or the schedule is paused. Gives the id of the run.
 *
 * @throws VedetteError `not-found`; `stack-failed` when no run began in time.
 */
export async function triggerSchedule(place: Place, name: string): Promise<string> {
  const [before] = (await getSchedule(place, name)).recentRuns;
  await answered(place, () => handle(place, name).trigger());
  for (const deadline = Date.now() + TRIGGER_WAIT_MS; Date.now() < deadline; await sleep(TRIGGER_POLL_MS)) {
    const [latest] = (await getSchedule(place, name)).recentRuns;
    if (latest !== undefined && latest.runId !== before?.runId) return latest.runId;
  }
  throw new VedetteError('stack-failed', `The server has not started a run of ${name}.`, {
    remedy: `Look at the schedule ${scheduleId(place, name)} in Temporal; two runs cannot begin in the same second.`,
  });
}

function scheduleId({ organizationId }: Place, name: string): string {
  return organizationScoped(organizationId, PREFIX + name);
}

function handle(place: Place, name: string): ScheduleHandle {
  return place.temporal.client.schedule.getHandle(scheduleId(place, name));
}

async function describe(place: Place, name: string): Promise<ScheduleDescription | undefined> {
  try {
    return await handle(place, name).describe();
  } catch (error) {
    if (error instanceof ScheduleNotFoundError) return undefined;
    throw temporalError(error, place.temporal.address);
  }
}

function isOurs({ taskQueue, organizationId }: Place, { memo, action }: ScheduleDescription): boolean {
  return (
    memo?.['madeBy'] === MARK.madeBy &&
    action.taskQueue === taskQueue &&
    workOf(action)?.organizationId === organizationId
  );
}

async function answered<Result>({ temporal }: Place, call: () => Promise<Result>): Promise<Result> {
  try {
    return await call();
  } catch (error) {
    throw temporalError(error, temporal.address);
  }
}

/** Calls the server with a definition, and tells in our words why it refuses it. */
async function written<Result>(place: Place, name: string, call: () => Promise<Result>): Promise<Result> {
  try {
    return await answered(place, call);
  } catch (cause) {
    if (cause instanceof ScheduleAlreadyRunning) {
      throw new VedetteError('usage', `The schedule ${scheduleId(place, name)} belongs to somebody else.`, {
        remedy: 'Take another name, or set VEDETTE_TASK_QUEUE to that of the vedette that made it.',
        cause,
      });
    }
    // What the SDK makes of a specification that the server refuses.
    if (cause instanceof TypeError) {
      throw new VedetteError('usage', `Temporal refuses the schedule ${name}: ${cause.message}.`, {
        remedy: 'Correct its cron expression, time zone or interval.',
        cause,
      });
    }
    throw cause;
  }
}

function optionsOf(place: Place, definition: ScheduleDefinition): ScheduleOptions {
  const { name, timing, jitterMs, overlap, catchUpMs, work } = definition;
  return {
    scheduleId: scheduleId(place, name),
    memo: MARK,
    spec: {
      // The server turns the expression into a calendar, and keeps the comment: that is how we know it again.
      ...('cron' in timing
        ? { cronExpressions: [`${timing.cron} # ${timing.cron}`], timezone: timing.timeZone }
        : { intervals: [{ every: timing.everyMs }] }),
      jitter: jitterMs,
    },
    policies: { overlap: serverPolicy(overlap), catchupWindow: catchUpMs },
    action: { type: 'startWorkflow', taskQueue: place.taskQueue, ...actionOf(name, work) },
    state: { note: noteOf(definition) },
  };
}

/** Temporal's UI shows it beside the schedule, where it takes the expression apart. */
function noteOf({ timing, work }: ScheduleDefinition): string {
  const when =
    'cron' in timing ? `${timing.cron} (${timing.timeZone})` : `every ${durationText(timing.everyMs)}`;
  return `${when}: ${describeWork(work)}`;
}

function describeWork(work: ScheduledWork): string {
  if (work.kind === 'scan') return summaryOf(work);
  return `remove what is older than ${durationText(work.olderThanMs)}`;
}

/** The server appends the time to the workflow's id. */
function actionOf(name: string, work: ScheduledWork) {
  const { kind: _, ...input } = work;
  const { organizationId } = input;
  const staticSummary = shortened(`Schedule ${name}: ${describeWork(work)}`, LIMITS.summary);
  if (!('selection' in input)) {
    return {
      workflowType: WORKFLOWS.purge,
      workflowId: organizationScoped(organizationId, `purge-${name}`),
      args: [input],
      staticSummary,
      searchAttributes: { [SEARCH_ATTRIBUTES.organization]: [organizationKeyword(organizationId)] },
    };
  }
  refuseExcess(input);
  return {
    workflowType: WORKFLOWS.scanRun,
    workflowId: organizationScoped(organizationId, `run-${name}`),
    args: [input],
    staticSummary,
    staticDetails: detailsOf(input),
    searchAttributes: searchAttributesOf(input),
  };
}

/** Undefined for a workflow that is none of ours. */
function workOf({ workflowType, args }: ScheduleDescription['action']): ScheduledWork | undefined {
  const [input] = (args ?? []) as unknown[];
  if (workflowType === WORKFLOWS.scanRun)
    return { kind: 'scan', ...currentRunInput(input as ScanRunInput | RecordedRunInput) };
  if (workflowType === WORKFLOWS.purge)
    return { kind: 'purge', ...currentPurgeInput(input as PurgeInput | RecordedPurgeInput) };
  return undefined;
}

function scheduleOf(name: string, description: ScheduleDescription): StoredSchedule | undefined {
  const { spec, policies, state, info } = description;
  const work = workOf(description.action);
  if (work === undefined) return undefined;
  return {
    definition: {
      name,
      timing: timingOf(spec),
      jitterMs: spec.jitter ?? 0,
      overlap: ourPolicy(policies.overlap),
      catchUpMs: policies.catchupWindow,
      work,
    },
    paused: state.paused,
    note: state.paused ? (state.note ?? null) : null,
    createdAt: info.createdAt.toISOString(),
    nextRunsAt: state.paused ? [] : info.nextActionTimes.map((time) => time.toISOString()),
    recentRuns: info.recentActions
      .map(({ action, takenAt }) => ({
        runId: action.workflow.workflowId,
        startedAt: takenAt.toISOString(),
      }))
      .toReversed(),
    running: info.runningActions.map(({ workflow }) => workflow.workflowId),
    skippedRuns: info.numActionsSkippedOverlap,
    missedRuns: info.numActionsMissedCatchupWindow,
  };
}

/** What someone changed in Temporal itself differs from every definition. */
function timingOf({ intervals = [], calendars = [], timezone }: ScheduleDescription['spec']): ScheduleTiming {
  const single = intervals.length + calendars.length === 1;
  const [interval] = intervals;
  if (single && interval !== undefined) return { everyMs: interval.every };
  const expression = single ? calendars[0]?.comment : undefined;
  return { cron: expression || '(changed in Temporal)', timeZone: timezone || 'UTC' };
}

function serverPolicy(policy: OverlapPolicy): ScheduleOverlapPolicy {
  return policy.toUpperCase().replace('-', '_') as ScheduleOverlapPolicy;
}

function ourPolicy(policy: ScheduleOverlapPolicy): OverlapPolicy {
  return (policy ?? 'SKIP').toLowerCase().replace('_', '-') as OverlapPolicy;
}
