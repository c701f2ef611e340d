import { Command } from 'commander';
import type { Temporal } from '../../client/temporal.ts';
import { VedetteError } from '../../errors.ts';
import { openContext } from '../command-context.ts';
import type { CommandContext } from '../command-context.ts';
import { fieldsOption, listOption, outputOption } from '../options.ts';
import type { OutputOptions } from '../output/render.ts';
import { tell } from '../output/write.ts';

export function workerCommand(): Command {
  const command = new Command('worker')
    .description('a worker process for the Temporal server at TEMPORAL_ADDRESS; ends on Ctrl-C or SIGTERM')
    .option('--unversioned', 'belong to no deployment, whatever VEDETTE_DEPLOYMENT says')
    .addOption(
      listOption(
        '--source <source>',
        'scan with these sources only; may be given several times (default: all)',
      ),
    )
    .action(runCommand);
  command
    .command('builds')
    .description('builds of VEDETTE_DEPLOYMENT: which gets new runs, and which may be taken down')
    .addOption(outputOption())
    .addOption(fieldsOption())
    .addHelpText(
      'after',
      `
current gets new runs; draining still has runs under way and needs its workers; drained and inactive have none.`,
    )
    .action(buildsCommand);
  command
    .command('promote')
    .description('give new runs to a build of VEDETTE_DEPLOYMENT; runs under way stay with theirs')
    .argument('[build]', 'default is VEDETTE_BUILD_ID, or the version of this vedette')
    .action(promoteCommand);
  return command;
}

async function runCommand(
  { unversioned, source }: { unversioned?: true; source?: string[] },
  self: Command,
): Promise<void> {
  const worker = {
    ...(unversioned === true && { deployment: '' }),
    ...(source !== undefined && { sources: source }),
  };
  const { config, signal } = await openContext(self, { worker });
  const [{ createLogger }, { runWorker }] = await Promise.all([
    import('../../log.ts'),
    import('../../workers/main.ts'),
  ]);
  const logger = createLogger(config.general.logLevel);
  // A worker that a stack started ends with it: the channel closes when its supervisor is gone.
  const orphaned = new AbortController();
  process.once('disconnect', () => orphaned.abort(new Error('the supervisor is gone')));
  await runWorker(config, logger, AbortSignal.any([signal, orphaned.signal]), () => process.send?.('ready'));
  if (process.connected) process.disconnect();
}

async function buildsCommand(options: OutputOptions, self: Command): Promise<void> {
  const context = await openContext(self);
  const [{ listBuilds }, { renderList }] = await Promise.all([
    import('../../client/deployment.ts'),
    import('../output/render.ts'),
  ]);
  await renderList(options, {
    rows: await onCluster(context, (temporal) => listBuilds(temporal, context.config)),
    columns: [
      { header: 'BUILD', value: (build) => build.buildId, name: 'buildId', least: 12 },
      { header: 'STATUS', value: (build) => build.status, shows: 'state' },
      { header: 'SEEN', value: (build) => build.seenAt, name: 'seenAt', shows: 'time' },
    ],
    json: (builds) => ({ builds }),
    empty: 'No worker of this deployment has been seen.',
  });
}

async function promoteCommand(build: string | undefined, _options: unknown, self: Command): Promise<void> {
  const context = await openContext(self);
  const { promoteBuild } = await import('../../client/deployment.ts');
  const promoted = await onCluster(context, (temporal) => promoteBuild(temporal, context.config, build));
  tell(`New runs go to workers of build ${promoted}.`);
}

/** Builds are of a cluster: the worker of the embedded stack is not versioned. */
async function onCluster<Result>(
  { config }: CommandContext,
  work: (temporal: Temporal) => Promise<Result>,
): Promise<Result> {
  const { address } = config.temporal;
  if (address === undefined) throw new VedetteError('config-invalid', 'TEMPORAL_ADDRESS is not set.');
  const { connectTemporal } = await import('../../client/temporal.ts');
  const temporal = await connectTemporal(config, address);
  try {
    return await work(temporal);
  } finally {
    await temporal.close();
  }
}
