import { Command, Option } from 'commander';
import type { Place } from '../../client/place.ts';
import { ExitCode, failureKinds } from '../../errors.ts';
import type { Level } from '../../model/level.ts';
import type { ScanRunInput } from '../../model/pipeline.ts';
import { AccountOutcomeKind } from '../../model/run.ts';
import type { RecordedRun, RunResult, RunSummary } from '../../model/run.ts';
import { DEFAULT_SOURCE } from '../../model/source.ts';
import { printable } from '../../text/printable.ts';
import { auditMade } from '../audit.ts';
import { openContext } from '../command-context.ts';
import type { CommandContext } from '../command-context.ts';
import { fieldsOption, levelOption, listOption, outputOption, wholeNumber } from '../options.ts';
import type { OutputFormat, OutputOptions } from '../output/render.ts';
import { tell } from '../output/write.ts';
import { readStore } from '../read-store.ts';
import { openStack, serverState, uiLink, withStack } from '../stack.ts';
import type { OpenStack } from '../stack.ts';
import { depthOption } from './check.ts';
import { withdrawCommand } from './withdraw.ts';

const NOT_RUNNING =
  'No server runs that knows how runs ended: this is what their scans have left. vedette up starts one.';
const MOST_SCANS = 10_000;

interface RunOptions {
  account?: string[];
  all?: true;
  source?: string[];
  concurrency?: number;
  multithread?: number;
  services?: string[];
  regions?: string[];
  depth?: 'quick' | 'standard' | 'deep';
  framework?: string[];
  check?: string[];
  detach?: true;
  failOn?: Level;
  initial?: true;
  output: OutputFormat;
}

export function scanCommand(): Command {
  const command = new Command('scan').description('scan accounts: start, follow, inspect and cancel runs');
  command.addCommand(runCommand());
  command.addCommand(listCommand());
  command.addCommand(showCommand());
  command.addCommand(cancelCommand());
  command.addCommand(retryCommand());
  command.addCommand(withdrawCommand());
  return command;
}

function runCommand(): Command {
  return new Command('run')
    .description('start a run over one or more accounts and follow it; Ctrl-C cancels it')
    .addOption(
      listOption(
        '--account <name|id>',
        'a profile, an account of vedette account, or an account id; may be given several times',
      ),
    )
    .addOption(
      new Option(
        '--all',
        'every profile of the AWS configuration, and every account of vedette account',
      ).conflicts('account'),
    )
    .addOption(
      listOption(
        '--source <source>',
        `what to scan with; may be given several times (default: ${DEFAULT_SOURCE})`,
      ),
    )
    .option('--concurrency <n>', 'scans at a time, each of one account with one source', wholeNumber(1))
    .addOption(
      new Option('--multithread <n>', 'the same as --concurrency')
        .argParser(wholeNumber(1))
        .conflicts('concurrency'),
    )
    .addOption(listOption('--services <services>', 'only these services, e.g. s3,iam'))
    .addOption(listOption('--regions <regions>', 'only these regions, e.g. eu-west-1'))
    .addOption(depthOption())
    .addOption(listOption('--framework <framework>', 'of source checks: only checks of these, e.g. cis-5.0'))
    .addOption(listOption('--check <id>', 'of source checks: only these, whatever their depth'))
    .option('--detach', 'print the id of the run and leave it to itself')
    .addOption(levelOption('--fail-on <level>', 'exit with 3 when an active event is at least this grave'))
    .option('--initial', 'mark what is new as notified instead of sending a message about it')
    .addOption(outputOption(['table', 'json']))
    .addHelpText(
      'after',
      `
Examples:
  $ vedette scan run --account production
  $ vedette scan run --account 123456789012 --services s3,iam
  $ vedette scan run --all --source checks --depth quick --regions eu-west-1
  $ vedette scan run --all --concurrency 4 --fail-on high
  $ vedette scan run --all --detach -o json`,
    )
    .action(async (options: RunOptions, self: Command) => {
      const context = await openContext(self);
      const [{ chooseAccounts }, { organisationConfig }, { outlastDatabase }, registry, { sourceConfig }] =
        await Promise.all([
          import('../choose-accounts.ts'),
          import('../organisation-config.ts'),
          import('../outlast-database.ts'),
          import('../../sources/registry.ts'),
          import('../../settings.ts'),
        ]);
      const { general, mail } = await outlastDatabase(context, () => organisationConfig(context));
      const sources = registry.sources.named(options.source ?? general.sources);
      const { services = [], regions = [], framework: frameworks = [], check: checks = [] } = options;
      registry.sources.assertScope(sources, { services, regions, frameworks, checks }, (source) =>
        sourceConfig(context.config, source),
      );
      const chosen = await outlastDatabase(context, () => chooseAccounts(context, options));
      const accounts =
        options.all === true
          ? registry.sources.scannable(sources, chosen)
          : chosen.flatMap((target) => registry.sources.scannable(sources, [target]));
      await startAndFollow(context, options, {
        organizationId: context.config.general.organizationId,
        sources,
        selection: { accounts },
        options: {
          services,
          regions,
          ...(options.depth && { depth: options.depth }),
          ...(options.framework && { frameworks: options.framework }),
          ...(options.check && { checks: options.check }),
          initial: options.initial ?? mail.initialScan,
        },
        concurrency: options.concurrency ?? options.multithread ?? context.config.general.concurrency,
      });
    });
}

type FollowOptions = Pick<RunOptions, 'detach' | 'failOn' | 'output'>;

async function startAndFollow(
  context: CommandContext,
  options: FollowOptions,
  input: ScanRunInput,
): Promise<void> {
  const { newRunId, startRun } = await import('../../client/runs.ts');
  const runId = newRunId(input.organizationId);
  if (options.detach === true) return detach(context, options, input, runId);
  let started = false;
  let run: RunResult | undefined;
  await withStack(context, async (open) => {
    if (!started) {
      await startRun(open.temporal, context.config.temporal.taskQueue, input, runId);
      started = true;
      auditMade(`runs/${runId}`);
      const link = uiLink(open, context.config.temporal.namespace, runId);
      tell(`Run ${runId} started${link === null ? '' : `: ${link}`}`);
    }
    if (run !== undefined) return;
    run = await follow(context, open, runId);
    await conclude(context, run, options, input.concurrency);
  });
}

/** A detached run needs a stack that stays: the one that runs, or one of its own in the background. */
async function detach(
  context: CommandContext,
  options: FollowOptions,
  input: ScanRunInput,
  runId: string,
): Promise<void> {
  const [{ detachedStack }, { connectTemporal }, { startRun }, { write }] = await Promise.all([
    import('../../embedded/detached.ts'),
    import('../../client/temporal.ts'),
    import('../../client/runs.ts'),
    import('../output/write.ts'),
  ]);
  const stack = await detachedStack(context.config, context);
  const temporal = await connectTemporal(context.config, stack.address);
  try {
    await startRun(temporal, context.config.temporal.taskQueue, input, runId);
    auditMade(`runs/${runId}`);
  } finally {
    await temporal.close();
  }
  write(options.output === 'json' ? `${JSON.stringify({ runId })}\n` : `${runId}\n`);
  tell(`Follow it with: vedette scan show ${runId} --follow`);
}

/** Follows a run to its end; Ctrl-C cancels it. */
async function follow(context: CommandContext, { temporal }: OpenStack, runId: string): Promise<RunResult> {
  const [{ ownPlace }, { awaitRun, cancelRun }, { followRun }] = await Promise.all([
    import('../../client/place.ts'),
    import('../../client/runs.ts'),
    import('../follow-run.ts'),
  ]);
  const place = ownPlace(temporal, context.config);
  const ended = awaitRun(temporal, runId);
  const cancel = (): void => {
    tell('\nReceived interrupt signal. Generating summary...');
    process.once('SIGINT', () => {
      tell(`Left the run to itself; follow it with: vedette scan show ${runId} --follow`);
      process.exit(ExitCode.Interrupted);
    });
    cancelRun(place, runId).catch((error: unknown) =>
      context.logger.warn({ err: error }, 'cannot cancel the run'),
    );
  };
  if (context.signal.aborted) cancel();
  else context.signal.addEventListener('abort', cancel, { once: true });
  try {
    await followRun(place, runId, ended);
    return await ended;
  } finally {
    context.signal.removeEventListener('abort', cancel);
  }
}

async function conclude(
  context: CommandContext,
  run: RunResult,
  { output, failOn }: FollowOptions,
  concurrency: number,
): Promise<void> {
  const [{ renderJson }, { write }, { runSummaryText }, { sources }, { scanName }, { reportFound }] =
    await Promise.all([
      import('../output/render.ts'),
      import('../output/write.ts'),
      import('../../report/execution-summary.ts'),
      import('../../sources/registry.ts'),
      import('../follow-run.ts'),
      import('../run-findings.ts'),
    ]);
  if (output === 'json') renderJson(documented(run));
  else {
    write(`${runSummaryText({ ...run, concurrency }, sources.titles)}\n`);
    await reportFound(context, run);
    for (const account of run.accounts) {
      const { error } = account;
      if (error !== null) tell(`${scanName(account, run.accounts)} → ${printable(error.remedy)}`);
    }
  }
  process.exitCode = exitCodeOf(run);
  if (
    process.exitCode === ExitCode.Done &&
    failOn !== undefined &&
    (await levelReached(context, run, failOn))
  ) {
    process.exitCode = ExitCode.LevelReached;
  }
}

/** With its keys in the documented order, which is that of reading. */
function documented({ runId, status, sources, accounts, startedAt, endedAt }: RunResult): RunResult {
  const ordered = accounts.map(({ profile, targetKind, accountId, source, outcome, stage, error, scan }) => {
    return { profile, targetKind, accountId, source, outcome, stage, error, scan };
  });
  return { runId, status, sources, accounts: ordered, startedAt, endedAt };
}

function exitCodeOf({ status, accounts }: RunResult): ExitCode {
  if (status === 'interrupted') return ExitCode.Interrupted;
  if (accounts.length === 0) return ExitCode.NothingToScan;
  const failures = accounts.filter(({ outcome }) => outcome !== AccountOutcomeKind.Success);
  if (failures.length === 0) return ExitCode.Done;
  if (failures.length < accounts.length) return ExitCode.SomeFailed;
  const codes = new Set(
    failures.map(({ error }) => (error === null ? ExitCode.Failed : failureKinds[error.type].exitCode)),
  );
  return codes.size === 1 && codes.has(ExitCode.Credentials) ? ExitCode.Credentials : ExitCode.Failed;
}

/** Looks at each source's events of the accounts that the run has scanned with it. */
async function levelReached(
  { config, logger }: CommandContext,
  run: RunResult,
  level: Level,
): Promise<boolean> {
  const [{ openMigratedStore }, { listEvents }, { LEVELS, reaches }] = await Promise.all([
    import('../../store/database/open.ts'),
    import('../../store/events/events.ts'),
    import('../../model/level.ts'),
  ]);
  const store = await openMigratedStore(config, logger);
  try {
    for (const source of new Set(run.accounts.map((account) => account.source))) {
      const scanned = run.accounts.filter((account) => account.source === source);
      const { events } = await listEvents(
        store,
        {
          organizationId: config.general.organizationId,
          accountIds: scanned.flatMap(({ accountId }) => accountId ?? []),
          sources: [source],
          levels: LEVELS.filter((candidate) => reaches(candidate, level)),
          statuses: ['active'],
        },
        { limit: 1 },
      );
      if (events.length > 0) return true;
    }
    return false;
  } finally {
    await store.close();
  }
}

function listCommand(): Command {
  return new Command('list')
    .description('runs, newest first')
    .option('--limit <n>', 'at most this many', wholeNumber(1), 20)
    .addOption(outputOption())
    .addOption(fieldsOption())
    .action(async ({ limit, ...output }: { limit: number } & OutputOptions, self: Command) => {
      const context = await openContext(self);
      const { renderList } = await import('../output/render.ts');
      const rows = await runsAndRecorded(context, limit);
      await renderList(output, {
        rows,
        columns: [
          { header: 'RUN', value: (run) => run.runId, name: 'runId', least: 20 },
          { header: 'STATUS', value: (run) => run.status, shows: 'state' },
          { header: 'OUTCOME', value: (run) => run.outcome, shows: 'state', rank: 2 },
          { header: 'SOURCE', value: (run) => run.source, least: 8, rank: 3 },
          { header: 'STARTED', value: (run) => run.startedAt, name: 'startedAt', shows: 'time' },
          { header: 'ENDED', value: (run) => run.endedAt, name: 'endedAt', shows: 'time', rank: 1 },
        ],
        json: (runs) => ({ runs }),
        empty: 'No runs yet. Start one with: vedette scan run',
      });
    });
}

/** Those that the server knows, if it runs, and older ones whose scans are recorded; newest first. */
async function runsAndRecorded(
  context: CommandContext,
  limit: number,
): Promise<(RunSummary | RecordedRun)[]> {
  const { listRecordedRuns } = await import('../../store/scans/recorded-runs.ts');
  const recorded =
    (await readStore(context, (store) =>
      listRecordedRuns(store, context.config.general.organizationId, limit),
    )) ?? [];
  if ((await serverState(context)) !== 'running') {
    if (recorded.length > 0) tell(NOT_RUNNING);
    return recorded;
  }
  const [{ ownPlace }, { listRuns }] = await Promise.all([
    import('../../client/place.ts'),
    import('../../client/runs.ts'),
  ]);
  const open = await openStack(context);
  try {
    const runs = await listRuns(ownPlace(open.temporal, context.config), limit);
    const known = new Set(runs.map(({ runId }) => runId));
    const older = recorded.filter(({ runId }) => !known.has(runId));
    return [...runs, ...older].toSorted(byStart).slice(0, limit);
  } finally {
    await open.close();
  }
}

function byStart(one: { startedAt: string }, other: { startedAt: string }): number {
  return one.startedAt < other.startedAt ? 1 : -1;
}

function showCommand(): Command {
  return new Command('show')
    .description('one run with its accounts, or one recorded scan with its counters')
    .argument('<id>', 'id of a run (scan list) or number of a scan')
    .option('--follow', 'stay until the run ends')
    .addOption(outputOption(['table', 'json']))
    .action(async (id: string, options: { follow?: true; output: OutputFormat }, self: Command) => {
      const context = await openContext(self);
      if (/^\d+$/.test(id)) await showScan(context, Number(id), options.output);
      else await showRun(context, id, options);
    });
}

async function showScan(
  { config, logger }: CommandContext,
  scanId: number,
  output: OutputFormat,
): Promise<void> {
  const [
    { openMigratedStore },
    { loadScanOutcome },
    { getScan },
    { renderDetail, renderJson },
    { scanDetail },
  ] = await Promise.all([
    import('../../store/database/open.ts'),
    import('../../store/scans/scans.ts'),
    import('../../store/scans/scan-details.ts'),
    import('../output/render.ts'),
    import('../scan-output.ts'),
  ]);
  const store = await openMigratedStore(config, logger);
  try {
    const { organizationId } = config.general;
    if (output === 'json') renderJson(await loadScanOutcome(store, organizationId, scanId));
    else renderDetail(scanDetail(await getScan(store, organizationId, scanId)));
  } finally {
    await store.close();
  }
}

async function showRun(
  context: CommandContext,
  runId: string,
  { follow: stay, output }: { follow?: true; output: OutputFormat },
): Promise<void> {
  const [{ ownPlace }, { awaitRun, describeRun, runInput }, { followRun }] = await Promise.all([
    import('../../client/place.ts'),
    import('../../client/runs.ts'),
    import('../follow-run.ts'),
  ]);
  const state = await serverState(context);
  // Where others have begun runs, following one is to see it to its end.
  if (state !== 'running' && (stay !== true || state === 'never started')) {
    return showRecordedRun(context, runId, output);
  }
  let shown = false;
  await withStack(context, async ({ temporal }) => {
    const place = ownPlace(temporal, context.config);
    const run = await describeRun(place, runId);
    if (run.status === 'running' && stay !== true) {
      await showLive(place, run, output);
      return;
    }
    const { concurrency } = await runInput(temporal, runId);
    const ended = awaitRun(temporal, runId);
    const left = new Promise((resolve) => {
      context.signal.addEventListener('abort', resolve, { once: true });
    });
    if (run.status === 'running') await followRun(place, runId, Promise.race([ended, left]));
    context.signal.throwIfAborted();
    const result = await ended;
    if (!shown) await conclude(context, result, { output }, concurrency);
    shown = true;
  });
}

/** What its scans tell of a run while no server runs that knows how it ended. */
async function showRecordedRun(context: CommandContext, runId: string, output: OutputFormat): Promise<void> {
  const [{ listScans }, { noSuchRun }, { renderDetail, renderJson }, { recordedRun, recordedRunDetail }] =
    await Promise.all([
      import('../../store/scans/scans.ts'),
      import('../run-ids.ts'),
      import('../output/render.ts'),
      import('../scan-output.ts'),
    ]);
  const filter = { organizationId: context.config.general.organizationId, runId };
  const found = await readStore(context, (store) => listScans(store, filter, { limit: MOST_SCANS }));
  const scans = found?.scans ?? [];
  if (scans.length === 0) throw noSuchRun(runId);
  if (output === 'json') renderJson(recordedRun(runId, scans));
  else renderDetail(recordedRunDetail(runId, scans));
  tell(NOT_RUNNING);
}

async function showLive(place: Place, run: RunSummary, output: OutputFormat): Promise<void> {
  const [{ liveAccounts }, { renderJson, renderList }, { scanName }] = await Promise.all([
    import('../../client/runs.ts'),
    import('../output/render.ts'),
    import('../follow-run.ts'),
  ]);
  const accounts = await liveAccounts(place, run.runId);
  if (output === 'json') return renderJson({ ...run, accounts });
  await renderList(
    { output: 'table' },
    {
      rows: accounts,
      columns: [
        { header: 'ACCOUNT', value: (account) => scanName(account, accounts), least: 12 },
        { header: 'STATE', value: (account) => account.outcome ?? account.state, shows: 'state' },
        { header: 'STAGE', value: (account) => account.stage, rank: 1 },
        { header: 'SINCE', value: (account) => account.stageStartedAt, shows: 'time', rank: 2 },
        { header: 'LAST LINE', value: (account) => account.note, least: 16 },
      ],
      json: (rows) => rows,
      empty: 'The run has not begun with any account yet.',
    },
  );
}

/** Before a server is started that cannot know of any run. */
async function refuseUnknown(context: CommandContext, runId: string): Promise<void> {
  const { noSuchRun } = await import('../run-ids.ts');
  if ((await serverState(context)) === 'never started') throw noSuchRun(runId);
}

function cancelCommand(): Command {
  return new Command('cancel')
    .description('stop a run: its scanners end within seconds, what is stored stays')
    .argument('<run>', 'id of the run')
    .action(async (runId: string, _options: unknown, self: Command) => {
      const context = await openContext(self);
      const [{ ownPlace }, { awaitRun, cancelRun, refuseEnded, runInput }] = await Promise.all([
        import('../../client/place.ts'),
        import('../../client/runs.ts'),
      ]);
      await refuseUnknown(context, runId);
      const open = await openStack(context);
      try {
        const place = ownPlace(open.temporal, context.config);
        await refuseEnded(place, runId);
        await cancelRun(place, runId);
        const { concurrency } = await runInput(open.temporal, runId);
        await conclude(context, await awaitRun(open.temporal, runId), { output: 'table' }, concurrency);
        process.exitCode = ExitCode.Done;
      } finally {
        await open.close();
      }
    });
}

function retryCommand(): Command {
  return new Command('retry')
    .description('start a new run over the accounts of a run that did not succeed')
    .argument('<run>', 'id of the run that is over')
    .option('--concurrency <n>', 'scans at a time, each of one account with one source', wholeNumber(1))
    .option('--detach', 'print the id of the new run and leave it to itself')
    .addOption(outputOption(['table', 'json']))
    .action(async (runId: string, options: FollowOptions & { concurrency?: number }, self: Command) => {
      const context = await openContext(self);
      const [{ ownPlace }, { retryInput }] = await Promise.all([
        import('../../client/place.ts'),
        import('../../client/runs.ts'),
      ]);
      await refuseUnknown(context, runId);
      const open = await openStack(context);
      let input: ScanRunInput;
      try {
        input = await retryInput(ownPlace(open.temporal, context.config), runId, options.concurrency);
      } finally {
        await open.close();
      }
      await startAndFollow(context, options, input);
    });
}
