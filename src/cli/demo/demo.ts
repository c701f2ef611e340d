import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { awaitRun, newRunId, startRun } from '../../client/runs.ts';
import { loadConfig } from '../../config/load.ts';
import { findStack } from '../../embedded/stack.ts';
import { ensureTemporal } from '../../embedded/temporal-executable.ts';
import { ExitCode, VedetteError } from '../../errors.ts';
import type { Event } from '../../model/event.ts';
import { compareLevels, LEVELS } from '../../model/level.ts';
import type { RunResult } from '../../model/run.ts';
import { previewScan } from '../../notify/preview.ts';
import { executionSummary } from '../../report/execution-summary.ts';
import type { Config } from '../../settings.ts';
import { openMigratedStore } from '../../store/database/open.ts';
import type { Store } from '../../store/database/store.ts';
import { listEvents, streamEvents } from '../../store/events/events.ts';
import { printable } from '../../text/printable.ts';
import type { CommandContext } from '../command-context.ts';
import { followRun } from '../follow-run.ts';
import { steps } from '../output/steps.ts';
import { tell, write } from '../output/write.ts';
import { signInLink } from '../sign-in-link.ts';
import { openStack, uiLink } from '../stack.ts';
import type { OpenStack } from '../stack.ts';
import { openDemoAccounts } from './accounts.ts';
import type { DemoAccounts } from './accounts.ts';

const ACCOUNTS = [
  {
    profile: 'acme-production',
    accountId: '111111111111',
    prefix: 'acme',
    regions: ['us-east-1', 'eu-west-1', 'ap-southeast-2'],
  },
  {
    profile: 'globex-staging',
    accountId: '222222222222',
    prefix: 'globex',
    regions: ['us-west-2', 'eu-west-1'],
  },
] as const;
const REGIONS = [...new Set(ACCOUNTS.flatMap(({ regions }) => regions))];
const EXAMPLES = 5;

/** Two runs over the simulated accounts with changes between them, and what came of it. */
export async function runDemo(context: CommandContext, { exit = false }: { exit?: boolean }): Promise<void> {
  const { signal } = context;
  const shared = context.config;
  const home = join(shared.general.home, 'demo');
  const config = ownConfig(shared, { home, cli: await ensureTemporal(shared, { signal }) });
  const { step } = steps(signal);
  if ((await findStack(config, context.logger)) !== undefined) {
    throw new VedetteError('stack-failed', 'Another demo is running.', {
      remedy: 'End it with Ctrl-C first.',
    });
  }
  await clear(home);

  let demoAccounts: DemoAccounts | undefined;
  let open: OpenStack | undefined;
  try {
    demoAccounts = await step(
      'accounts',
      (onProgress) =>
        openDemoAccounts(shared, { accounts: ACCOUNTS, folder: join(home, 'aws'), onProgress, signal }),
      ({ title }) => title,
    );
    const { environment, change } = demoAccounts;
    open = await step(
      'Temporal server and worker',
      () => openStack({ ...context, config }, { environment, isolated: true, api: true }),
      ({ stack }) => stack.address,
    );
    const first = await scanBoth({ ...context, config }, open, { title: 'first run', initial: true });
    await step('some problems fixed, others made', change);
    const second = await scanBoth({ ...context, config }, open, { title: 'second run', initial: false });

    const store = await openMigratedStore(config, context.logger);
    try {
      await report(store, { ...context, config }, second);
    } finally {
      await store.close();
    }
    const link = uiLink(open, config.temporal.namespace);
    write(`\nLook around:\n  VEDETTE_HOME=${home} vedette event list --status active --level high\n`);
    if (link !== null) write(`  Temporal UI: ${link}\n`);
    if (!exit) {
      const url = open.stack.apiUrl;
      if (url !== undefined) write(`  Dashboard: ${await signInLink({ ...context, config }, { url })}\n`);
      tell('\nThe demo stays up; Ctrl-C ends it.');
      if (!signal.aborted) await once(signal, 'abort');
    } else if (
      [first, second].some(({ accounts }) => accounts.some(({ outcome }) => outcome !== 'success'))
    ) {
      process.exitCode = ExitCode.SomeFailed;
    }
  } catch (error) {
    if (!signal.aborted) throw error;
    process.exitCode = ExitCode.Interrupted;
  } finally {
    await open?.close();
    await demoAccounts?.stop();
  }
}

/** Defaults, whatever is set for real scans; only what setup installed is shared, and which ports are wanted. */
function ownConfig(shared: Config, { home, cli }: { home: string; cli: string }): Config {
  const { config } = loadConfig({ general: { home } }, home, {});
  const { port, uiPort } = shared.temporal;
  return {
    ...config,
    temporal: { ...config.temporal, cli, port, uiPort },
    api: { ...config.api, address: shared.api.address },
  };
}

/** What an earlier demo left; its logs stay. */
async function clear(home: string): Promise<void> {
  const names = [
    'vedette.db',
    'vedette.db-wal',
    'vedette.db-shm',
    'temporal.db',
    'temporal.db-wal',
    'temporal.db-shm',
  ];
  for (const name of [...names, 'artifacts', 'aws', 'mail'])
    await rm(join(home, name), { recursive: true, force: true });
}

async function scanBoth(
  { config, signal }: CommandContext,
  { temporal }: OpenStack,
  { title, initial }: { title: string; initial: boolean },
): Promise<RunResult> {
  signal.throwIfAborted();
  const runId = newRunId();
  tell(`Scanning both accounts, ${title}: ${runId}`);
  await startRun(
    temporal,
    config.temporal.taskQueue,
    {
      source: 'scoutsuite',
      selection: { accounts: ACCOUNTS.map(({ profile, accountId }) => ({ profile, accountId })) },
      options: { services: [], regions: REGIONS, initial },
      concurrency: ACCOUNTS.length,
    },
    runId,
  );
  const ended = awaitRun(temporal, runId);
  const stop = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(new Error('interrupted')), { once: true });
  });
  await Promise.race([followRun(temporal, { runId, source: 'scoutsuite' }, ended), stop]);
  const run = await ended;
  write(`\n${executionSummary(run)}\n\n`);
  return run;
}

async function report(store: Store, { config }: CommandContext, second: RunResult): Promise<void> {
  const { organizationId } = config.general;
  write('Active events by level:\n');
  const counts = new Map<string, number>();
  for await (const { level } of streamEvents(store, { organizationId, statuses: ['active'] })) {
    counts.set(level, (counts.get(level) ?? 0) + 1);
  }
  for (const level of LEVELS)
    if (counts.has(level)) write(`  ${level.padEnd(9)}${String(counts.get(level)).padStart(5)}\n`);

  write('\nBetween the two runs:\n');
  for (const { profile, scan } of second.accounts) {
    if (scan === null) throw new VedetteError('unexpected', `${profile} was not scanned in the second run.`);
    const { events } = scan;
    write(
      `  ${profile}: ${events.new} new, ${events.resolved} resolved, ${events.reopened} reopened, ${events.still} still there\n`,
    );
  }
  // Whatever the second scans changed carries their time.
  const scanTimes = new Set(second.accounts.map((account) => account.scan?.scanTime ?? null));
  const { events } = await listEvents(store, { organizationId }, { limit: 10_000 });
  show(
    'New',
    events.filter((event) => scanTimes.has(event.firstSeen)),
  );
  show(
    'Resolved',
    events.filter((event) => event.resolvedAt !== null && scanTimes.has(event.resolvedAt)),
  );
  show(
    'Reopened',
    events.filter((event) => event.reopenedAt !== null && scanTimes.has(event.reopenedAt)),
  );

  const [scan] = second.accounts;
  if (scan?.scan?.scanId == null) return;
  const files = await previewScan(store, config, {
    scanId: scan.scan.scanId,
    folder: join(config.general.home, 'mail'),
  });
  write(`\nThe e-mail about ${scan.profile} would be:\n${files.map((file) => `  ${file}\n`).join('')}`);
}

function show(title: string, events: readonly Event[]): void {
  if (events.length === 0) return;
  const gravest = events.toSorted((a, b) => compareLevels(a.level, b.level));
  write(`  ${title} (${events.length}):\n`);
  for (const { level, accountId, resourceName, resourceId, checkId } of gravest.slice(0, EXAMPLES)) {
    write(`    ${level.padEnd(9)}${accountId}  ${printable(resourceName ?? resourceId)}  ${checkId}\n`);
  }
  if (events.length > EXAMPLES) write(`    … and ${events.length - EXAMPLES} more\n`);
}
