import { once } from 'node:events';
import { join } from 'node:path';
import { profileTarget } from '../../accounts/select.ts';
import { ownPlace } from '../../client/place.ts';
import { awaitRun, newRunId, startRun } from '../../client/runs.ts';
import { findStack } from '../../embedded/stack.ts';
import { ensureTemporal } from '../../embedded/temporal-executable.ts';
import { ExitCode, VedetteError } from '../../errors.ts';
import type { AccountOutcome, SourceTitles } from '../../model/run.ts';
import { executionSummary } from '../../report/execution-summary.ts';
import type { Registry } from '../../sources/registry.ts';
import { openMigratedStore } from '../../store/database/open.ts';
import type { CommandContext } from '../command-context.ts';
import { followRun } from '../follow-run.ts';
import { steps } from '../output/steps.ts';
import { tell, write } from '../output/write.ts';
import { signInLink } from '../sign-in-link.ts';
import { openStack, uiLink } from '../stack.ts';
import type { OpenStack } from '../stack.ts';
import { isShown, openDemoAccounts } from './accounts.ts';
import type { DemoAccounts, ShownSource } from './accounts.ts';
import { clearHome, ownConfig } from './own-home.ts';
import { reportChanges, reportEvents } from './report.ts';
import { loadFigures } from './view360.ts';

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

/** Two runs over the simulated accounts with changes between them, and what came of it; what is quick comes first. */
export async function runDemo(
  context: CommandContext,
  sources: Registry,
  { exit = false }: { exit?: boolean },
): Promise<void> {
  const { signal } = context;
  const shared = context.config;
  const home = join(shared.general.home, 'demo');
  const { step, together } = steps(signal);
  const cli = await step('Temporal', (onProgress) => ensureTemporal(shared, { onProgress, signal }), String);
  const config = ownConfig(shared, { home, cli });
  if ((await findStack(config, context.logger)) !== undefined) {
    throw new VedetteError('stack-failed', 'Another demo is running.', {
      remedy: 'End it with Ctrl-C first.',
    });
  }
  await clearHome(home);

  let demoAccounts: DemoAccounts | undefined;
  let open: OpenStack | undefined;
  try {
    demoAccounts = await step(
      'accounts',
      (onProgress) =>
        openDemoAccounts(shared, {
          accounts: ACCOUNTS,
          sources: sources.scanners.filter(isShown),
          folder: join(home, 'aws'),
          onProgress,
          signal,
        }),
      ({ title }) => title,
    );
    const { environment, sources: shown, change, endpoints } = demoAccounts;
    open = await step(
      'Temporal server and worker',
      () => openStack({ ...context, config }, { environment, isolated: true, api: true }),
      ({ stack }) => stack.address,
    );
    const scan = { ...context, config, open, sources: shown, titles: sources.titles };
    const quick = shown.filter(({ demo }) => demo.isQuick);
    const others = shown.filter(({ demo }) => !demo.isQuick);
    const outcomes: AccountOutcome[] = [];
    const store = await openMigratedStore(config, context.logger);
    try {
      if (quick.length > 0) {
        const title = `in seconds, by ${quick.map(({ title: name }) => name).join(', ')}`;
        outcomes.push(...(await scanBoth({ ...scan, sources: quick }, { title, initial: true })));
        await reportEvents(store, config);
      }
      if (endpoints.length > 0) {
        const input = { accounts: ACCOUNTS, endpoints, signal, logger: context.logger };
        const work = (onProgress: (line: string) => void) =>
          loadFigures(store, config, { ...input, onProgress });
        // The demo is of findings; it goes on without.
        await together([[{ title: 'cost and inventory', work, optional: true }]]);
      }
      if (others.length > 0) {
        const title = `first run, by ${others.map(({ title: name }) => name).join(', ')}`;
        outcomes.push(...(await scanBoth({ ...scan, sources: others }, { title, initial: true })));
      }
      await step('some problems fixed, others made', change);
      const second = await scanBoth(scan, { title: 'second run', initial: false });
      outcomes.push(...second);
      await reportChanges(store, config, second);
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
    } else if (outcomes.some(({ outcome }) => outcome !== 'success')) {
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

interface ScanContext extends CommandContext {
  open: OpenStack;
  sources: readonly ShownSource[];
  titles: SourceTitles;
}

/** Scans both accounts with every source. */
async function scanBoth(
  { config, signal, open: { temporal }, sources, titles }: ScanContext,
  { title, initial }: { title: string; initial: boolean },
): Promise<readonly AccountOutcome[]> {
  const runId = newRunId(config.general.organizationId);
  tell(`Scanning both accounts, ${title}: ${runId}`);
  await startRun(
    temporal,
    config.temporal.taskQueue,
    {
      organizationId: config.general.organizationId,
      sources: sources.map(({ id }) => id),
      selection: { accounts: ACCOUNTS.map(profileTarget) },
      options: { services: [], regions: REGIONS, initial },
      concurrency: ACCOUNTS.length,
    },
    runId,
  );
  const ended = awaitRun(temporal, runId);
  const stop = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(new Error('interrupted')), { once: true });
  });
  const endedOrStopped = Promise.race([ended, stop]);
  await followRun(ownPlace(temporal, config), runId, endedOrStopped);
  const run = await endedOrStopped;
  write(`\n${executionSummary(run, titles)}\n\n`);
  return run.accounts;
}
