import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Place } from '../../src/client/place.ts';
import { awaitRun, describeRun, listRuns } from '../../src/client/runs.ts';
import {
  deleteSchedule,
  findSchedule,
  getSchedule,
  listSchedules,
  pauseSchedule,
  putSchedule,
  resumeSchedule,
  triggerSchedule,
} from '../../src/client/schedules.ts';
import { cronProblem } from '../../src/model/cron.ts';
import { parseDuration } from '../../src/model/duration.ts';
import { SEARCH_ATTRIBUTES } from '../../src/model/names.ts';
import type { PurgeResult } from '../../src/model/purge.ts';
import { entryOf } from '../../src/model/schedule.ts';
import type { ScheduleDefinition } from '../../src/model/schedule.ts';
import { startPipeline } from '../support/pipeline.ts';
import type { Pipeline } from '../support/pipeline.ts';
import { scanRunInput } from '../support/run-input.ts';

let pipeline: Pipeline;
let place: Place;

beforeAll(async () => {
  pipeline = await startPipeline();
  ({ place } = pipeline);
}, 60_000);
afterAll(async () => {
  await pipeline?.stop();
}, 60_000);

function nightly(name: string, change: Partial<ScheduleDefinition> = {}): ScheduleDefinition {
  return {
    name,
    timing: { cron: '0 3 * * 1-5', timeZone: 'Europe/Paris' },
    jitterMs: 600_000,
    overlap: 'skip',
    catchUpMs: 86_400_000,
    work: {
      kind: 'scan',
      ...scanRunInput([], { selection: { all: true }, concurrency: 4 }),
      options: { services: ['iam', 's3'], regions: [], initial: false },
    },
    ...change,
  };
}

/** Polls until something holds; the tests' own time limit ends it. */
async function until(look: () => Promise<boolean>): Promise<void> {
  while (!(await look())) await sleep(50);
}

/** What its UI shows beside the schedule. */
async function noteInTemporal(name: string): Promise<string | undefined> {
  const { state } = await place.temporal.client.schedule.getHandle(`vedette-${name}`).describe();
  return state.note;
}

const accountsOf = (...accounts: string[]): ScheduleDefinition['work'] => ({
  kind: 'scan',
  ...scanRunInput(accounts),
});

describe('a schedule', () => {
  test('is made once, and comes back as it was wanted', async () => {
    const wanted = nightly('once');
    expect((await putSchedule(place, wanted)).change).toBe('create');
    const schedule = await getSchedule(place, 'once');
    expect(schedule).toMatchObject({ definition: wanted, paused: false, recentRuns: [], running: [] });
    expect(schedule.nextRunsAt.length).toBeGreaterThan(0);
    expect(await noteInTemporal('once')).toMatch(/ \(.*\): All accounts with scoutsuite$/);
    expect((await putSchedule(place, wanted)).change).toBe('unchanged');
  });

  test.each<[string, Partial<ScheduleDefinition>]>([
    ['an interval', { timing: { everyMs: 21_600_000 }, jitterMs: 0 }],
    ['a word', { timing: { cron: '@daily', timeZone: 'UTC' }, overlap: 'buffer-one' }],
    ['accounts', { work: accountsOf('production', '012345678901'), overlap: 'cancel-other' }],
    [
      'a purge',
      { work: { kind: 'purge', organizationId: 'default', olderThanMs: 15_552_000_000 }, catchUpMs: 60_000 },
    ],
  ])('with %s comes back as it was wanted', async (_, change) => {
    const wanted = nightly('shape', change);
    await putSchedule(place, wanted);
    expect((await getSchedule(place, 'shape')).definition).toEqual(wanted);
  });

  test('becomes what is wanted, says what changed, and stays paused', async () => {
    await putSchedule(place, nightly('changing'));
    await pauseSchedule(place, 'changing', 'holidays');
    const wanted = nightly('changing', { timing: { everyMs: 7_200_000 }, overlap: 'buffer-all' });
    expect(await putSchedule(place, wanted)).toEqual({
      name: 'changing',
      change: 'update',
      fields: [
        { field: 'cron', before: '0 3 * * 1-5', after: null },
        { field: 'timeZone', before: 'Europe/Paris', after: null },
        { field: 'overlap', before: 'skip', after: 'buffer-all' },
        { field: 'every', before: null, after: '2h' },
      ],
    });
    const changed = await getSchedule(place, 'changing');
    expect(changed).toMatchObject({ definition: wanted, paused: true, note: 'holidays', nextRunsAt: [] });
    await resumeSchedule(place, 'changing');
    expect((await getSchedule(place, 'changing')).paused).toBe(false);
    expect(await noteInTemporal('changing')).toContain('with scoutsuite');
  });

  test('that someone changed in Temporal is put right again', async () => {
    const wanted = nightly('drifting');
    await putSchedule(place, wanted);
    await place.temporal.client.schedule.getHandle('vedette-drifting').update((schedule) => ({
      ...schedule,
      spec: { cronExpressions: ['0 4 * * *'], timezone: 'Europe/Paris' },
    }));
    expect((await putSchedule(place, wanted)).fields).toEqual([
      { field: 'cron', before: '(changed in Temporal)', after: '0 3 * * 1-5' },
      { field: 'jitter', before: '0s', after: '10m' },
    ]);
    expect((await getSchedule(place, 'drifting')).definition).toEqual(wanted);
  });

  test('is listed, those of others are neither listed nor touched', async () => {
    const others = place.temporal.client.schedule;
    const action = { type: 'startWorkflow', workflowType: 'scanRun', taskQueue: place.taskQueue } as const;
    await others.create({ scheduleId: 'vedette-theirs', spec: {}, action });
    await putSchedule({ ...place, taskQueue: 'another' }, nightly('elsewhere'));
    await putSchedule(place, nightly('ours'));
    await until(async () => {
      const visible: string[] = [];
      for await (const { scheduleId } of others.list()) visible.push(scheduleId);
      return ['theirs', 'elsewhere', 'ours'].every((name) => visible.includes(`vedette-${name}`));
    });
    const names = (await listSchedules(place)).map(({ definition }) => definition.name);
    expect(names).toContain('ours');
    expect(names).not.toContain('theirs');
    expect(names).not.toContain('elsewhere');
    expect(names).toEqual(names.toSorted());
    for (const name of ['theirs', 'elsewhere']) {
      await expect(deleteSchedule(place, name)).rejects.toMatchObject({ type: 'not-found' });
      await expect(putSchedule(place, nightly(name))).rejects.toMatchObject({
        type: 'usage',
        message: `The schedule vedette-${name} belongs to somebody else.`,
      });
    }
  });

  test('of another organisation may have the same name, and neither knows the other', async () => {
    const theirs = { ...place, organizationId: 'globex' };
    const wanted = nightly('shared');
    const globex = nightly('shared', {
      work: { kind: 'purge', organizationId: 'globex', olderThanMs: 86_400_000 },
    });
    await putSchedule(place, wanted);
    expect(await findSchedule(theirs, 'shared')).toBeUndefined();
    expect((await putSchedule(theirs, globex)).change).toBe('create');
    expect((await getSchedule(place, 'shared')).definition).toEqual(wanted);
    expect((await listSchedules(theirs, ['shared'])).map(({ definition }) => definition)).toEqual([globex]);
    expect(await triggerSchedule(theirs, 'shared')).toMatch(/^org\/globex\/purge-shared-/);
    await deleteSchedule(theirs, 'shared');
    expect((await getSchedule(place, 'shared')).definition).toEqual(wanted);
  });

  test('that the version before made is found, and is what it was', async () => {
    const recorded = {
      source: 'scoutsuite',
      selection: { accounts: [{ profile: 'acme', accountId: null }] },
      options: scanRunInput([]).options,
      concurrency: 2,
    };
    const wanted = nightly('older', { work: accountsOf('acme') });
    await putSchedule(place, wanted);
    await place.temporal.client.schedule.getHandle('vedette-older').update((schedule) => ({
      ...schedule,
      action: { ...schedule.action, args: [recorded] },
    }));
    expect((await getSchedule(place, 'older')).definition).toEqual(wanted);
    expect((await putSchedule(place, wanted)).change).toBe('unchanged');
    expect(await findSchedule({ ...place, organizationId: 'globex' }, 'older')).toBeUndefined();
  });

  test('with several sources comes back as it was wanted', async () => {
    const work = { kind: 'scan', ...scanRunInput(['acme'], { sources: ['b', 'a'] }) } as const;
    await putSchedule(place, nightly('several', { work }));
    const { definition } = await getSchedule(place, 'several');
    expect(definition.work).toEqual(work);
    expect(entryOf(definition)).toMatchObject({ source: ['b', 'a'] });
  });

  test('that was just made is listed when it is asked for', async () => {
    await putSchedule(place, nightly('fresh'));
    const names = (await listSchedules(place, ['fresh', 'absent'])).map(({ definition }) => definition.name);
    expect(names).toContain('fresh');
    expect(names).not.toContain('absent');
  });

  test('is deleted', async () => {
    await putSchedule(place, nightly('leaving'));
    await deleteSchedule(place, 'leaving');
    expect(await findSchedule(place, 'leaving')).toBeUndefined();
  });

  test.each([
    ['shown', () => getSchedule(place, 'none')],
    ['paused', () => pauseSchedule(place, 'none', '')],
    ['resumed', () => resumeSchedule(place, 'none')],
    ['triggered', () => triggerSchedule(place, 'none')],
    ['deleted', () => deleteSchedule(place, 'none')],
  ])('that is unknown cannot be %s', async (_, call) => {
    await expect(call()).rejects.toMatchObject({
      type: 'not-found',
      message: 'There is no schedule none.',
      remedy: 'vedette schedule list shows the schedules.',
    });
  });

  test('that the server refuses is a usage error', async () => {
    const timing = { cron: '0 3 * * *', timeZone: 'europe/paris' };
    await expect(putSchedule(place, nightly('refused', { timing }))).rejects.toMatchObject({
      type: 'usage',
      message: 'Temporal refuses the schedule refused: unknown time zone europe/paris.',
    });
  });
});

test.each([
  '0 3 * * *',
  '*/15 0-6/2 1,15 jan-mar MON-FRI',
  '5/10 * * * 7',
  '0 3 * sept tues',
  '@monthly',
  '0 25 * * *',
  '60 * * * *',
  '*/0 * * * *',
  '0 3 0 * *',
  '0 3 * 13 *',
  '0 3 * * 8',
  '0 3 * * 5-1',
  '0 3 ? * *',
  '1,,2 * * * *',
  '*-5 * * * *',
  '0 3 * *',
  '0 3 * mars *',
  '@sometimes',
])('we and the server agree on whether %j is a cron expression', async (cron) => {
  const make = () => putSchedule(place, nightly('cron', { timing: { cron, timeZone: 'UTC' } }));
  const accepted = await make().then(
    () => true,
    () => false,
  );
  expect(accepted).toBe(cronProblem(cron) === null);
});

describe('triggered', () => {
  test('it runs as any other run does, over the accounts that the worker knows', async () => {
    pipeline.profiles({ acme: { sso_account_id: '111111111111' } });
    await putSchedule(place, nightly('scanning', { work: accountsOf('111111111111') }));
    const runId = await triggerSchedule(place, 'scanning');
    expect(runId).toMatch(/^run-scanning-\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);

    const { accounts } = await awaitRun(place.temporal, runId);
    expect(accounts).toMatchObject([{ profile: 'acme', accountId: '111111111111', outcome: 'success' }]);
    expect(await describeRun(place, runId)).toMatchObject({
      status: 'completed',
      outcome: 'success',
      source: 'scoutsuite',
    });
    await until(async () => (await listRuns(place, 10)).some((run) => run.runId === runId));
    const workflow = await place.temporal.client.workflow.getHandle(runId).describe();
    expect(workflow.searchAttributes).toMatchObject({
      [SEARCH_ATTRIBUTES.run]: [runId],
      TemporalScheduledById: ['vedette-scanning'],
    });
    expect(await workflow.staticSummary()).toBe('Schedule scanning: 111111111111 with scoutsuite');
    expect((await getSchedule(place, 'scanning')).recentRuns).toMatchObject([{ runId }]);
  }, 60_000);

  test('a purge removes what is old', async () => {
    const olderThanMs = 86_400_000;
    await putSchedule(
      place,
      nightly('cleaning', { work: { kind: 'purge', organizationId: 'default', olderThanMs } }),
    );
    const started = Date.now();
    const id = await triggerSchedule(place, 'cleaning');
    expect(id).toMatch(/^purge-cleaning-/);
    const handle = place.temporal.client.workflow.getHandle(id);
    const result = (await handle.result()) as PurgeResult;
    expect(result).toMatchObject({ dryRun: false, events: 0, links: 0, accounts: [] });
    expect(Math.abs(started - olderThanMs - Date.parse(result.before))).toBeLessThan(30_000);
  });
});

test.each([
  // On the last Sunday of October, the clock shows 02:30 at 00:30Z and at 01:30Z.
  ['autumn in Paris', 'Europe/Paris', '30 2 25-31 10 SUN', ['01:30', '01:30', '01:30', '01:30']],
  // On the first Sunday of November, 01:30 at 05:30Z and at 06:30Z.
  ['autumn in New York', 'America/New_York', '30 1 1-7 11 SUN', ['05:30', '06:30', '05:30', '06:30']],
  ['spring in Paris, where the clock shows no 02:30', 'Europe/Paris', '30 2 25-31 3 SUN', []],
])('the clock changes: %s', async (name, timeZone, cron, times) => {
  const schedule = name.replaceAll(/[^a-z]+/gi, '-');
  await putSchedule(place, nightly(schedule, { timing: { cron, timeZone }, jitterMs: 0 }));
  const { nextRunsAt } = await getSchedule(place, schedule);
  expect(nextRunsAt.slice(0, 4).map((at) => at.slice(11, 16))).toEqual(times);
  await deleteSchedule(place, schedule);
});

test('the longest interval has a next run', async () => {
  await putSchedule(place, nightly('rare', { timing: { everyMs: parseDuration('36500d') ?? 0 } }));
  expect((await getSchedule(place, 'rare')).nextRunsAt).not.toEqual([]);
  await deleteSchedule(place, 'rare');
});
