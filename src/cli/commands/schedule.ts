import { Command, Option } from 'commander';
import type { Place } from '../../client/place.ts';
import type { StoredSchedule } from '../../client/schedules.ts';
import { VedetteError } from '../../errors.ts';
import { durationText } from '../../model/duration.ts';
import { entryOf, OVERLAP_POLICIES } from '../../model/schedule.ts';
import type { ScheduleChange, ScheduleDefinition } from '../../model/schedule.ts';
import { DEFAULT_SOURCE } from '../../model/source.ts';
import type { Config } from '../../settings.ts';
import { openContext } from '../command-context.ts';
import type { CommandContext } from '../command-context.ts';
import { fieldsOption, listOption, outputOption, wholeNumber } from '../options.ts';
import { words } from '../output/detail.ts';
import type { Detail } from '../output/detail.ts';
import type { OutputFormat, OutputOptions } from '../output/render.ts';
import { tell } from '../output/write.ts';
import { openStack, serverState } from '../stack.ts';
import { depthOption } from './check.ts';

interface CreateOptions {
  account?: string[];
  purge?: true;
  olderThan?: string;
  output: OutputFormat;
  /** The others have the names that a schedule file has. */
  [setting: string]: unknown;
}

interface ApplyOptions {
  dryRun?: boolean;
  prune?: boolean;
  output: OutputFormat;
}

export function scheduleCommand(): Command {
  const command = new Command('schedule').description('runs that begin by themselves, at set times');
  command.addCommand(createCommand());
  command.addCommand(listCommand());
  command.addCommand(showCommand());
  command.addCommand(pauseCommand());
  command.addCommand(resumeCommand());
  command.addCommand(triggerCommand());
  command.addCommand(deleteCommand());
  command.addCommand(applyCommand());
  return command;
}

function createCommand(): Command {
  return new Command('create')
    .description('make a schedule of scans, or change the one of that name to this')
    .argument('<name>', 'its name')
    .option(
      '--cron <expression>',
      'minute, hour, day of the month, month, day of the week; or @daily, @weekly',
    )
    .option('--every <duration>', 'at an interval instead, e.g. 6h, counted in UTC')
    .option('--time-zone <name>', 'of the cron expression, e.g. Europe/Paris (default: UTC)')
    .option('--jitter <duration>', 'begin up to so much later, at random (default: 0s)')
    .addOption(
      new Option('--overlap <policy>', 'when the run before is still under way')
        .choices([...OVERLAP_POLICIES])
        .default('skip'),
    )
    .option('--catch-up <duration>', 'make up for runs that were missed no longer ago (default: 1d)')
    .addOption(
      listOption(
        '--account <name|id>',
        'a profile, an account of vedette account, or an account id; may be given several times',
      ),
    )
    .option(
      '--all',
      'every profile of the AWS configuration of the worker and every account, looked up by each run',
    )
    .addOption(
      listOption(
        '--source <source>',
        `what to scan with; may be given several times (default: ${DEFAULT_SOURCE})`,
      ),
    )
    .option('--concurrency <n>', 'scans at a time, each of one account with one source', wholeNumber(1))
    .addOption(listOption('--services <services>', 'only these services, e.g. s3,iam'))
    .addOption(listOption('--regions <regions>', 'only these regions, e.g. eu-west-1'))
    .addOption(depthOption())
    .addOption(listOption('--framework <framework>', 'of source checks: only checks of these, e.g. cis-5.0'))
    .addOption(listOption('--check <id>', 'of source checks: only these, whatever their depth'))
    .option(
      '--bucket <bucket[/prefix]>',
      'look for sensitive data in this bucket, with the credentials of one --account',
    )
    .addOption(listOption('--detectors <ids>', 'with --bucket: with these detectors; all for every one'))
    .option('--initial', 'mark what is new as notified instead of sending a message about it')
    .option('--purge', 'remove what is old from the database instead of scanning')
    .option('--older-than <age>', 'what a purge removes, e.g. 180d; default VEDETTE_RETENTION')
    .addOption(outputOption(['table', 'json']))
    .addHelpText(
      'after',
      `
Examples:
  $ vedette schedule create nightly --all --concurrency 4 --cron "0 3 * * *" --time-zone Europe/Paris
  $ vedette schedule create iam --account production --services iam --every 6h --jitter 10m
  $ vedette schedule create uploads --account production --bucket my-bucket/uploads/ --every 1d
  $ vedette schedule create housekeeping --purge --older-than 180d --cron "0 5 * * 0"`,
    )
    .action(async (name: string, options: CreateOptions, self: Command) => {
      const context = await openContext(self);
      const { definitionOfFlags } = await import('../../planning/schedule-definition.ts');
      const { organisationConfig } = await import('../organisation-config.ts');
      const config = await organisationConfig(context);
      const definition = definitionOfFlags(name, flagsOf(options, config), config);
      await checkAccounts(context, [definition]);
      await withSchedules(context, async (place) => {
        const { getSchedule, putSchedule } = await import('../../client/schedules.ts');
        const change = await putSchedule(place, definition);
        await renderPut(change, await getSchedule(place, name), options.output);
      });
      tellWhenTheyFire(context);
    });
}

/** The flags by the names of a schedule file; what was not given is left to its defaults. */
function flagsOf(options: CreateOptions, config: Config): Record<string, unknown> {
  const { account, purge, output: _, ...settings } = options;
  const { retentionMs } = config.general;
  return {
    ...(purge === true ? { kind: 'purge' } : {}),
    ...(purge === true && retentionMs > 0 ? { olderThan: durationText(retentionMs) } : {}),
    ...(account === undefined ? {} : { accounts: account }),
    ...settings,
  };
}

function listCommand(): Command {
  return new Command('list')
    .description('the schedules, with their next and last runs')
    .addOption(outputOption())
    .addOption(fieldsOption())
    .action(async (options: OutputOptions, self: Command) => {
      const { renderList } = await import('../output/render.ts');
      const schedules = await readSchedules(await openContext(self), async (place) => {
        const { listSchedules } = await import('../../client/schedules.ts');
        return listSchedules(place);
      });
      await renderList(options, {
        rows: schedules ?? [],
        columns: [
          { header: 'NAME', value: ({ definition }) => definition.name, least: 12 },
          { header: 'KIND', value: ({ definition }) => definition.work.kind, rank: 5 },
          { header: 'WHEN', value: ({ definition }) => whenOf(definition), least: 12 },
          { header: 'WHAT', value: ({ definition }) => whatOf(definition), least: 12, rank: 3 },
          {
            header: 'STATE',
            value: ({ paused }) => (paused ? 'paused' : 'active'),
            shows: 'state',
            rank: 1,
          },
          {
            header: 'NEXT',
            value: ({ nextRunsAt }) => nextRunsAt[0] ?? null,
            name: 'nextRun',
            shows: 'time',
          },
          {
            header: 'LAST RUN',
            value: ({ recentRuns }) => recentRuns[0]?.runId ?? null,
            least: 16,
            rank: 4,
          },
        ],
        record: recordOf,
        json: (records) => ({ schedules: records }),
        empty: 'No schedules yet. Make one with: vedette schedule create',
      });
    });
}

function showCommand(): Command {
  return new Command('show')
    .description('one schedule: what it does, when it does it next, and what it did')
    .argument('<name>', 'its name')
    .addOption(outputOption(['table', 'json']))
    .action(async (name: string, { output }: { output: OutputFormat }, self: Command) => {
      const { renderDetail, renderJson } = await import('../output/render.ts');
      const schedule = await readSchedules(await openContext(self), async (place) => {
        const { getSchedule } = await import('../../client/schedules.ts');
        return getSchedule(place, name);
      });
      if (schedule === undefined) throw new VedetteError('not-found', `There is no schedule ${name}.`);
      if (output === 'json') renderJson(recordOf(schedule));
      else renderDetail(detailOf(schedule));
    });
}

function pauseCommand(): Command {
  return new Command('pause')
    .description('begin no more runs until it is resumed; those under way go on')
    .argument('<name>', 'its name')
    .option('--note <text>', 'why, for those who look', 'paused with vedette schedule pause')
    .action(async (name: string, { note }: { note: string }, self: Command) => {
      await withSchedules(await openContext(self), async (place) => {
        const { pauseSchedule } = await import('../../client/schedules.ts');
        await pauseSchedule(place, name, note);
        tell(`${name} is paused; vedette schedule resume ${name} lets it go on.`);
      });
    });
}

function resumeCommand(): Command {
  return new Command('resume')
    .description('let a paused schedule go on')
    .argument('<name>', 'its name')
    .action(async (name: string, _options: unknown, self: Command) => {
      const context = await openContext(self);
      await withSchedules(context, async (place) => {
        const { getSchedule, resumeSchedule } = await import('../../client/schedules.ts');
        await resumeSchedule(place, name);
        const [next] = (await getSchedule(place, name)).nextRunsAt;
        tell(`${name} goes on${next === undefined ? '' : `; its next run is at ${next}`}.`);
      });
      tellWhenTheyFire(context);
    });
}

function triggerCommand(): Command {
  return new Command('trigger')
    .description('begin a run of a schedule now, and print its id')
    .argument('<name>', 'its name')
    .action(async (name: string, _options: unknown, self: Command) => {
      const context = await openContext(self);
      await withSchedules(context, async (place) => {
        const [{ getSchedule, triggerSchedule }, { write }] = await Promise.all([
          import('../../client/schedules.ts'),
          import('../output/write.ts'),
        ]);
        const { definition } = await getSchedule(place, name);
        const runId = await triggerSchedule(place, name);
        write(`${runId}\n`);
        if (definition.work.kind === 'scan') tell(`Follow it with: vedette scan show ${runId} --follow`);
      });
      tellWhenTheyFire(context);
    });
}

function deleteCommand(): Command {
  return new Command('delete')
    .description('remove a schedule; its runs stay, also one that is under way')
    .argument('<name>', 'its name')
    .action(async (name: string, _options: unknown, self: Command) => {
      await withSchedules(await openContext(self), async (place) => {
        const { deleteSchedule } = await import('../../client/schedules.ts');
        await deleteSchedule(place, name);
        tell(`${name} is deleted.`);
      });
    });
}

function applyCommand(): Command {
  return new Command('apply')
    .description('make the schedules what a YAML file says, and print the difference first')
    .argument('<file>', 'a file with a mapping named schedules, from names to settings')
    .option('--dry-run', 'only print the difference')
    .option('--prune', 'delete schedules that are not in the file')
    .addOption(outputOption(['table', 'json']))
    .addHelpText(
      'after',
      `
The settings have the names of the options of vedette schedule create, in camel case:

  schedules:
    nightly:
      cron: 0 3 * * *
      timeZone: Europe/Paris
      all: true
      concurrency: 4
    iam:
      every: 6h
      accounts: [production, "111111111111"]
      services: [iam]
    housekeeping:
      kind: purge
      cron: 0 5 * * 0
      olderThan: 180d`,
    )
    .action(async (file: string, options: ApplyOptions, self: Command) => {
      const context = await openContext(self);
      const { definitionsOfFile } = await import('../../planning/schedule-definition.ts');
      const { organisationConfig } = await import('../organisation-config.ts');
      const wanted = definitionsOfFile(file, await organisationConfig(context));
      await checkAccounts(context, wanted);
      await withSchedules(context, (place) => reconcile(place, wanted, options));
      if (!options.dryRun) tellWhenTheyFire(context);
    });
}

async function reconcile(
  place: Place,
  wanted: readonly ScheduleDefinition[],
  { dryRun = false, prune = false, output }: ApplyOptions,
): Promise<void> {
  const [{ deleteSchedule, listSchedules, putSchedule }, { compareSchedules }, { renderJson }, { write }] =
    await Promise.all([
      import('../../client/schedules.ts'),
      import('../../model/schedule.ts'),
      import('../output/render.ts'),
      import('../output/write.ts'),
    ]);
  const { scheduleChangesText } = await import('../../report/schedule-changes.ts');
  const existing = (
    await listSchedules(
      place,
      wanted.map(({ name }) => name),
    )
  ).map(({ definition }) => definition);
  const changes = compareSchedules(wanted, existing);
  if (output === 'table') write(`${scheduleChangesText(changes, prune)}\n`);
  if (!dryRun) {
    for (const definition of wanted) await putSchedule(place, definition);
    const extra = changes.filter(({ change }) => change === 'extra');
    if (prune) for (const { name } of extra) await deleteSchedule(place, name);
  }
  if (output === 'json') renderJson({ changes, applied: !dryRun, pruned: prune && !dryRun });
  else if (dryRun) tell('Nothing was changed (--dry-run).');
}

async function renderPut(
  change: ScheduleChange,
  schedule: StoredSchedule,
  output: OutputFormat,
): Promise<void> {
  const [{ renderJson }, { write }, { scheduleChangeText }] = await Promise.all([
    import('../output/render.ts'),
    import('../output/write.ts'),
    import('../../report/schedule-changes.ts'),
  ]);
  if (output === 'json') {
    renderJson({ ...change, schedule: recordOf(schedule) });
    return;
  }
  write(`${scheduleChangeText(change)}\n`);
  const [next] = schedule.nextRunsAt;
  if (schedule.paused) tell('It is paused.');
  else tell(next === undefined ? 'It never comes due.' : `Its next run is at ${next}.`);
}

/** A schedule as JSON shows it: its settings by the names that files have, and its state. */
function recordOf({ definition, ...state }: StoredSchedule) {
  return { name: definition.name, ...entryOf(definition), ...state };
}

function detailOf(schedule: StoredSchedule): Detail {
  const { definition, paused, note, nextRunsAt, recentRuns } = schedule;
  const { kind: _kind, cron: _cron, timeZone: _zone, every: _every, ...settings } = entryOf(definition);
  return {
    title: definition.name,
    badges: [paused ? 'paused' : 'active'],
    parts: [
      {
        facts: [
          ['Does', definition.work.kind === 'purge' ? 'purge' : 'scan'],
          ['What', whatOf(definition)],
          ['When', whenOf(definition)],
          ['Note', note],
        ],
      },
      {
        title: 'Settings',
        facts: Object.entries(settings).map(([name, value]) => [words(name), String(value)]),
      },
      { title: 'Next runs', lines: nextRunsAt },
      {
        title: 'Last runs',
        facts: recentRuns.map(({ runId, startedAt }) => [runId, startedAt] as const),
      },
    ],
  };
}

function whenOf({ timing }: ScheduleDefinition): string {
  return 'cron' in timing ? `${timing.cron} (${timing.timeZone})` : `every ${durationText(timing.everyMs)}`;
}

function whatOf({ work }: ScheduleDefinition): string {
  if (work.kind === 'purge') return `older than ${durationText(work.olderThanMs)}`;
  const { data } = work.options;
  if (data !== undefined) return data.prefix === '' ? data.bucket : `${data.bucket}/${data.prefix}`;
  if ('all' in work.selection) return 'all accounts';
  return work.selection.accounts.map(({ name }) => name).join(', ');
}

/**
 * Reads schedules from a server that runs; undefined where none ever was, which so has none.
 *
 * @throws VedetteError `temporal-missing` when it would have to be started first
 */
async function readSchedules<Result>(
  context: CommandContext,
  read: (place: Place) => Promise<Result>,
): Promise<Result | undefined> {
  switch (await serverState(context)) {
    case 'never started':
      return undefined;
    case 'stopped':
      throw new VedetteError('temporal-missing', 'No server runs that could tell of the schedules.', {
        remedy: 'Start one with vedette up; schedules only fire while it runs.',
      });
    case 'running':
      return withSchedules(context, read);
  }
}

async function withSchedules<Result>(
  context: CommandContext,
  work: (place: Place) => Promise<Result>,
): Promise<Result> {
  const { ownPlace } = await import('../../client/place.ts');
  const open = await openStack(context);
  try {
    return await work(ownPlace(open.temporal, context.config));
  } finally {
    await open.close();
  }
}

/** With the embedded stack this machine is the one that scans, so that a wrong name can be told at once. */
async function checkAccounts(
  context: CommandContext,
  definitions: readonly ScheduleDefinition[],
): Promise<void> {
  if (context.config.temporal.address !== undefined) return;
  const names = definitions.flatMap(({ work }) =>
    work.kind === 'scan' && 'accounts' in work.selection
      ? work.selection.accounts.map(({ name }) => name)
      : [],
  );
  if (names.length === 0) return;
  const [{ knownTargets }, { matchAccounts }] = await Promise.all([
    import('../choose-accounts.ts'),
    import('../../accounts/select.ts'),
  ]);
  const known = await knownTargets(context, names);
  for (const name of names) {
    const matches = matchAccounts(known, name).map((target) => target.name);
    if (matches.length > 1)
      throw new VedetteError('usage', `The account ${name} has ${matches.length} profiles.`, {
        remedy: `Name the profile: ${matches.join(', ')}.`,
      });
  }
}

function tellWhenTheyFire({ config }: CommandContext): void {
  if (config.temporal.address !== undefined) return;
  tell('Without TEMPORAL_ADDRESS, schedules only fire and their runs only go on while vedette up runs.');
}
