import { Command, Option } from 'commander';
import type { Temporal } from '../../../client/temporal.ts';
import { ExitCode } from '../../../errors.ts';
import { INTERVALS } from '../../../model/view360.ts';
import type { Interval, PullInput } from '../../../model/view360.ts';
import { openContext } from '../../command-context.ts';
import type { CommandContext } from '../../command-context.ts';
import { listOption, outputOption, wholeNumber } from '../../options.ts';
import type { OutputOptions } from '../../output/render.ts';
import { tell } from '../../output/write.ts';

export function receiveCommand(): Command {
  return new Command('receive')
    .description('follow the bucket that payloads are sent to, and load them, as a workflow')
    .option('--once', 'load what waits now, and end')
    .option(
      '--cron <expression>',
      'when the bucket is looked through each day whatever the queue tells (UTC)',
      '0 3 * * *',
    )
    .addOption(outputOption(['table', 'json']))
    .addHelpText(
      'after',
      `
Examples:
  $ vedette view360 receive --once
  $ BUCKET=analytics VEDETTE_VIEW360_QUEUE=https://sqs… vedette view360 receive`,
    )
    .action(
      async (
        { once = false, cron, ...options }: OutputOptions & { once?: boolean; cron: string },
        self: Command,
      ) => {
        const context = await openContext(self);
        const { PayloadBucket } = await import('../../../view360/receive/bucket.ts');
        // Whether there is one that can be named is told here, not by a workflow.
        new PayloadBucket(context.config).close();
        await withTemporal(context, async ({ temporal, taskQueue }) => {
          const { receiveOnce, scheduleReceiving, startReceiving } =
            await import('../../../client/view360.ts');
          const { organizationId } = context.config.general;
          if (!once) {
            const id = await startReceiving(temporal, taskQueue, {
              organizationId,
              once,
              trigger: 'notices',
            });
            const daily = await scheduleReceiving(temporal, taskQueue, organizationId, cron);
            tell(
              `The bucket is followed by workflow ${id}, and looked through by schedule ${daily}, as long as a worker runs (vedette up).`,
            );
            return;
          }
          const wanted = { organizationId, once, trigger: 'manual' } as const;
          const result = await receiveOnce(temporal, taskQueue, wanted, context.signal);
          const { renderJson } = await import('../../output/render.ts');
          if (options.output === 'json') renderJson(result);
          else
            tell(
              `${result.started} payloads: ${result.loaded} loaded, ${result.rejected} rejected, ${result.failed} not whole or given up.`,
            );
          if (result.rejected + result.failed > 0) {
            process.exitCode = result.loaded === 0 ? ExitCode.Failed : ExitCode.SomeFailed;
          }
        });
      },
    );
}

export function pullCommand(): Command {
  return new Command('pull')
    .description('collect accounts from here, by role or profile, and load what was collected, as a workflow')
    .addOption(listOption('--account <name|id>', 'of these accounts; default all that are known'))
    .addOption(
      new Option('--interval <interval>', 'the period that it is about')
        .choices([...INTERVALS])
        .default('DAILY'),
    )
    .option('--date <day>', 'the period that this day is in; default the last whole one')
    .option('--concurrency <n>', 'so many accounts at a time', wholeNumber(1), 4)
    .option('--cron <expression>', 'not now, but whenever this says (UTC), e.g. "0 2 * * *"')
    .addOption(outputOption(['table', 'json', 'jsonl']))
    .addHelpText(
      'after',
      `
Examples:
  $ vedette view360 pull --account prod
  $ vedette view360 pull --cron "0 2 * * *"`,
    )
    .action(
      async (
        options: OutputOptions & {
          account?: string[];
          interval: Interval;
          date?: string;
          concurrency: number;
          cron?: string;
        },
        self: Command,
      ) => {
        const context = await openContext(self);
        const [{ parseDay }, targets] = await Promise.all([
          import('../../../view360/periods.ts'),
          targetsOf(options.account, context),
        ]);
        const input: PullInput = {
          organizationId: context.config.general.organizationId,
          targets,
          interval: options.interval,
          date: options.date === undefined ? null : parseDay(options.date),
          concurrency: options.concurrency,
        };
        await withTemporal(context, async ({ temporal, taskQueue }) => {
          const { pull, schedulePull } = await import('../../../client/view360.ts');
          if (options.cron !== undefined) {
            const id = await schedulePull(temporal, taskQueue, input, options.cron);
            tell(`${targets.length} accounts are collected by schedule ${id}.`);
            return;
          }
          const pulled = await pull(temporal, taskQueue, input, context.signal);
          const { renderList } = await import('../../output/render.ts');
          await renderList(options, {
            rows: pulled,
            columns: [
              { header: 'ACCOUNT', value: ({ name }) => name, name: 'name' },
              { header: 'ID', value: ({ accountId }) => accountId, name: 'accountId' },
              { header: 'COLLECTED', value: ({ collected }) => collected, shows: 'state' },
              { header: 'LOADED', value: ({ loaded }) => loaded, shows: 'state' },
              { header: 'ERROR', value: ({ error }) => error, least: 16 },
            ],
            json: (records) => records,
            empty: 'No accounts.',
          });
          const failed = pulled.filter(({ error }) => error !== null).length;
          if (failed > 0) process.exitCode = failed === pulled.length ? ExitCode.Failed : ExitCode.SomeFailed;
        });
      },
    );
}

async function targetsOf(names: readonly string[] | undefined, { config, logger }: CommandContext) {
  const [{ listTargets }, { matchAccounts }, { isOfAws }, { lazyStore }, { VedetteError }] =
    await Promise.all([
      import('../../../accounts/targets.ts'),
      import('../../../accounts/select.ts'),
      import('../../../model/target.ts'),
      import('../../../store/database/open.ts'),
      import('../../../errors.ts'),
    ]);
  const database = lazyStore(config, logger);
  try {
    const all = await listTargets(config.general.organizationId, { config, store: database.get }, names);
    const known = all.filter(isOfAws);
    const found =
      names === undefined ? known : names.flatMap((name) => matchAccounts(known, name).slice(0, 1));
    if (found.length === 0) throw new VedetteError('nothing-to-scan', 'No account is known.');
    return found;
  } finally {
    await database.close();
  }
}

async function withTemporal(
  context: CommandContext,
  work: (parts: { temporal: Temporal; taskQueue: string }) => Promise<void>,
): Promise<void> {
  const { openStack } = await import('../../stack.ts');
  const stack = await openStack(context);
  try {
    await work({ temporal: stack.temporal, taskQueue: context.config.temporal.taskQueue });
  } finally {
    await stack.close();
  }
}
