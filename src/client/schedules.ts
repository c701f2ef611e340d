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
import { SEARCH_ATTRIBUTES, WORKFLOWS } from '../model/names.ts';
import type { ScanRunInput } from '../model/pipeline.ts';
import type { PurgeInput } from '../model/purge.ts';
import { compareSchedule } from '../model/schedule.ts';
import type {
  OverlapPolicy,
  ScheduleChange,
  ScheduledWork,
  ScheduleDefinition,
  ScheduleTiming,
} from '../model/schedule.ts';
import { detailsOf, summaryOf } from './runs.ts';
import { temporalError } from './temporal.ts';
import type { Temporal } from './temporal.ts';

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

/** Where our schedules are: those of other task queues belong to other installations. */
export interface SchedulePlace {
  temporal: Temporal;
  taskQueue: string;
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
export async function listSchedules(
  place: SchedulePlace,
  also: readonly string[] = [],
): Promise<StoredSchedule[]> {
  const names = new Set(also);
  await answered(place, async () => {
    for await (const { scheduleId, memo } of place.temporal.client.schedule.list()) {
      if (scheduleId.startsWith(PREFIX) && memo?.['madeBy'] === MARK.madeBy)
        names.add(scheduleId.slice(PREFIX.length));
    }
  });
  const schedules = await Promise.all([...names].map((name) => findSchedule(place, name)));
  return schedules
    .filter((schedule) => schedule !== undefined)
    .toSorted((one, other) => (one.definition.name < other.definition.name ? -1 : 1));
}

/** Undefined when there is none of this name, or none of ours. */
export async function findSchedule(place: SchedulePlace, name: string): Promise<StoredSchedule | undefined> {
  const description = await describe(place, name);
  return description !== undefined && isOurs(place, description) ? scheduleOf(name, description) : undefined;
}

/** @throws VedetteError `not-found` */
export async function getSchedule(place: SchedulePlace, name: string): Promise<StoredSchedule> {
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
export async function putSchedule(place: SchedulePlace, wanted: ScheduleDefinition): Promise<ScheduleChange> {
  const change = compareSchedule(wanted, (await findSchedule(place, wanted.name))?.definition);
  const options = optionsOf(wanted, place.taskQueue);
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
export async function pauseSchedule(place: SchedulePlace, name: string, note: string): Promise<void> {
  await getSchedule(place, name);
  await answered(place, () => handle(place, name).pause(note));
}

/** @throws VedetteError `not-found` */
export async function resumeSchedule(place: SchedulePlace, name: string): Promise<void> {
  const { definition } = await getSchedule(place, name);
  await answered(place, () => handle(place, name).unpause(noteOf(definition)));
}

/** @throws VedetteError `not-found` */
export async function deleteSchedule(place: SchedulePlace, name: string): Promise<void> {
  await getSchedule(place, name);
  await answered(place, () => handle(place, name).delete());
}

/**
 * Starts a run now, also while another is under way or the schedule is paused. Gives the id of the run.
 *
 * @throws VedetteError `not-found`; `stack-failed` when no run began in time.
 */
export async function triggerSchedule(place: SchedulePlace, name: string): Promise<string> {
  const [before] = (await getSchedule(place, name)).recentRuns;
  await answered(place, () => handle(place, name).trigger());
  for (const deadline = Date.now() + TRIGGER_WAIT_MS; Date.now() < deadline; await sleep(TRIGGER_POLL_MS)) {
    const [latest] = (await getSchedule(place, name)).recentRuns;
    if (latest !== undefined && latest.runId !== before?.runId) return latest.runId;
  }
  throw new VedetteError('stack-failed', `The server has not started a run of ${name}.`, {
    remedy: `Look at the schedule ${PREFIX}${name} in Temporal; two runs cannot begin in the same second.`,
  });
}

function handle({ temporal }: SchedulePlace, name: string): ScheduleHandle {
  return temporal.client.schedule.getHandle(PREFIX + name);
}

async function describe(place: SchedulePlace, name: string): Promise<ScheduleDescription | undefined> {
  try {
    return await handle(place, name).describe();
  } catch (error) {
    if (error instanceof ScheduleNotFoundError) return undefined;
    throw temporalError(error, place.temporal.address);
  }
}

function isOurs({ taskQueue }: SchedulePlace, { memo, action }: ScheduleDescription): boolean {
  return memo?.['madeBy'] === MARK.madeBy && action.taskQueue === taskQueue && workOf(action) !== undefined;
}

async function answered<Result>({ temporal }: SchedulePlace, call: () => Promise<Result>): Promise<Result> {
  try {
    return await call();
  } catch (error) {
    throw temporalError(error, temporal.address);
  }
}

/** Calls the server with a definition, and tells in our words why it refuses it. */
async function written<Result>(
  place: SchedulePlace,
  name: string,
  call: () => Promise<Result>,
): Promise<Result> {
  try {
    return await answered(place, call);
  } catch (cause) {
    if (cause instanceof ScheduleAlreadyRunning) {
      throw new VedetteError('usage', `The schedule ${PREFIX}${name} belongs to somebody else.`, {
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

function optionsOf(definition: ScheduleDefinition, taskQueue: string): ScheduleOptions {
  const { name, timing, jitterMs, overlap, catchUpMs, work } = definition;
  return {
    scheduleId: PREFIX + name,
    memo: MARK,
    spec: {
      // The server turns the expression into a calendar, and keeps the comment: that is how we know it again.
      ...('cron' in timing
        ? { cronExpressions: [`${timing.cron} # ${timing.cron}`], timezone: timing.timeZone }
        : { intervals: [{ every: timing.everyMs }] }),
      jitter: jitterMs,
    },
    policies: { overlap: serverPolicy(overlap), catchupWindow: catchUpMs },
    action: { type: 'startWorkflow', taskQueue, ...actionOf(name, work) },
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
  if (work.kind === 'purge') {
    const input: PurgeInput = { olderThanMs: work.olderThanMs };
    return {
      workflowType: WORKFLOWS.purge,
      workflowId: `purge-${name}`,
      args: [input],
      staticSummary: `Schedule ${name}: ${describeWork(work)}`,
    };
  }
  const { kind: _, ...input } = work;
  return {
    workflowType: WORKFLOWS.scanRun,
    workflowId: `run-${name}`,
    args: [input],
    staticSummary: `Schedule ${name}: ${describeWork(work)}`,
    staticDetails: detailsOf(input),
    searchAttributes: { [SEARCH_ATTRIBUTES.source]: [work.source] },
  };
}

/** Undefined for a workflow that is none of ours. */
function workOf({ workflowType, args }: ScheduleDescription['action']): ScheduledWork | undefined {
  const [input] = (args ?? []) as unknown[];
  if (workflowType === WORKFLOWS.scanRun) return { kind: 'scan', ...(input as ScanRunInput) };
  if (workflowType === WORKFLOWS.purge) return { kind: 'purge', ...(input as PurgeInput) };
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
