import { Command } from 'commander';
import { openContext } from '../command-context.ts';
import { withKeptResults } from '../kept-results.ts';
import { fieldsOption, listOption, outputOption, wholeNumber } from '../options.ts';
import type { OutputOptions } from '../output/render.ts';
import { verdictOutputOption } from '../output/verdicts.ts';
import type { VerdictOutput } from '../output/verdicts.ts';
import { tell } from '../output/write.ts';
import { readStore } from '../read-store.ts';

export function snapshotCommand(): Command {
  const command = new Command('snapshot').description(
    'what scans have collected, and is kept to be judged again',
  );
  command.addCommand(listCommand());
  command.addCommand(getCommand());
  command.addCommand(evaluateCommand());
  return command;
}

function listCommand(): Command {
  return new Command('list')
    .description('the kept snapshots, newest first')
    .addOption(listOption('--account <id|name>', 'of these accounts'))
    .addOption(listOption('--source <source>', 'of these sources'))
    .addOption(outputOption())
    .addOption(fieldsOption())
    .addHelpText(
      'after',
      `
They are kept for VEDETTE_RESULTS_RETENTION, where VEDETTE_ARTIFACTS says.

Example:
  $ vedette snapshot list --account production`,
    )
    .action(async (options: OutputOptions & { account?: string[]; source?: string[] }, self: Command) => {
      const context = await openContext(self);
      const { config, logger, signal } = context;
      const [{ keptResults }, { openArtifactStore }, { storeFilter }, { loadScanOutcome }, { renderList }] =
        await Promise.all([
          import('../../artifacts/kept-results.ts'),
          import('../../artifacts/open.ts'),
          import('../filters.ts'),
          import('../../store/scans/scans.ts'),
          import('../output/render.ts'),
        ]);
      const { organizationId } = config.general;
      const rows = await readStore(context, async (store) => {
        const { accountIds, sources } = await storeFilter(store, config, options);
        const work = { signal, logger, onProgress: () => undefined };
        const found = [];
        for await (const kept of keptResults(await openArtifactStore(config), organizationId, work)) {
          if (accountIds?.includes(kept.accountId) === false || sources?.includes(kept.source) === false)
            continue;
          const { scanId, accountId, source, sizeBytes, keptAt } = kept;
          // One of a scan that was withdrawn is of no use, but is there.
          const outcome = await loadScanOutcome(store, organizationId, scanId).catch(() => null);
          found.push({ scanId, accountId, source, scanTime: outcome?.scanTime ?? null, sizeBytes, keptAt });
        }
        return found.toSorted((one, other) => other.scanId - one.scanId);
      });
      await renderList(options, {
        rows: rows ?? [],
        columns: [
          { header: 'SCAN', value: (row) => row.scanId, name: 'scanId' },
          { header: 'ACCOUNT', value: (row) => row.accountId, name: 'accountId' },
          { header: 'SOURCE', value: (row) => row.source },
          { header: 'TIME', value: (row) => row.scanTime, name: 'scanTime' },
          { header: 'BYTES', value: (row) => row.sizeBytes, name: 'sizeBytes' },
          { header: 'KEPT', value: (row) => row.keptAt, name: 'keptAt', wide: true },
        ],
        json: (snapshots) => ({ snapshots }),
        empty: 'No snapshots are kept.',
      });
    });
}

function getCommand(): Command {
  return new Command('get')
    .description('copy the snapshot of a scan to a file')
    .argument('<scan>', 'the number of a scan, as scan list and snapshot list show it', wholeNumber(1))
    .argument('<file>', 'the copy; its name should end in .jsonl.gz')
    .addHelpText(
      'after',
      `
Example:
  $ vedette snapshot get 12 snapshot.jsonl.gz`,
    )
    .action(async (scanId: number, file: string, _options: unknown, self: Command) => {
      const context = await openContext(self);
      const [{ copyFile }, { loadScanOutcome }] = await Promise.all([
        import('node:fs/promises'),
        import('../../store/scans/scans.ts'),
      ]);
      const { organizationId } = context.config.general;
      const scan = await readStore(context, (store) => loadScanOutcome(store, organizationId, scanId));
      const { source = '', accountId = '' } = scan ?? {};
      await withKeptResults(context, { organizationId, source, accountId, scanId }, (kept) =>
        copyFile(kept, file),
      );
      tell(`The snapshot of scan ${scanId} is in ${file}.`);
    });
}

function evaluateCommand(): Command {
  return new Command('evaluate')
    .description("judge a snapshot with today's checks, offline and without a database")
    .argument('<file>', 'a snapshot, *.jsonl.gz')
    .option('--account <id>', 'that it should be of')
    .addOption(listOption('--check <id>', 'of these checks'))
    .addOption(verdictOutputOption())
    .addOption(fieldsOption())
    .addHelpText(
      'after',
      `
Example:
  $ vedette snapshot evaluate snapshot.jsonl.gz -o jsonl`,
    )
    .action(
      async (
        file: string,
        options: { account?: string; check?: string[] } & VerdictOutput,
        self: Command,
      ) => {
        const { config } = await openContext(self);
        const [{ judgeSnapshot }, { assertAccount }, { renderVerdicts }] = await Promise.all([
          import('../../sources/checks/interpret.ts'),
          import('../../sources/checks/errors.ts'),
          import('../output/verdicts.ts'),
        ]);
        const judged = await judgeSnapshot(file, config.checks);
        if (options.account !== undefined) assertAccount(file, options.account, judged.head.accountId);
        await renderVerdicts(options, judged, ({ checkId }) => options.check?.includes(checkId) ?? true);
      },
    );
}
