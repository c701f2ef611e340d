import { Command } from 'commander';
import { openContext } from '../command-context.ts';
import { outputOption, wholeNumber } from '../options.ts';
import type { OutputFormat } from '../output/render.ts';
import { tell } from '../output/write.ts';

interface WithdrawOptions {
  reason: string;
  yes?: true;
  output: OutputFormat;
}

export function withdrawCommand(): Command {
  return new Command('withdraw')
    .description('take a scan back that should not have been stored, as if it had never been')
    .argument('<id>', 'its number, as import and scan show tell it', wholeNumber(1))
    .requiredOption('--reason <text>', 'why; kept in the audit log')
    .option('--yes', 'do it; without it, only tell what would be done')
    .addOption(outputOption(['table', 'json']))
    .addHelpText(
      'after',
      `
Events that only this scan has seen go. The others are what the other scans make of them: what it resolved is active
again. Who was told of an event is not told otherwise.

Examples:
  $ vedette scan withdraw 12 --reason "the clock of the scanner was wrong"
  $ vedette scan withdraw 12 --reason "the clock of the scanner was wrong" --yes`,
    )
    .action(async (id: number, { yes, output }: WithdrawOptions, self: Command) => {
      const { config, logger, signal } = await openContext(self);
      const [{ openMigratedStore }, { withdrawScan }] = await Promise.all([
        import('../../store/database/open.ts'),
        import('../../store/scans/withdraw.ts'),
      ]);
      const { organizationId } = config.general;
      const store = await openMigratedStore(config, logger);
      try {
        const context = { signal, logger, onProgress: () => undefined };
        const withdrawn = await withdrawScan(store, organizationId, id, context, { dryRun: yes !== true });
        if (output === 'json') {
          const { renderJson } = await import('../output/render.ts');
          renderJson({ ...withdrawn, withdrawn: yes === true });
          return;
        }
        const { accountId, scanTime, events, setAside } = withdrawn;
        tell(
          `Scan ${id} of account ${accountId}, ${scanTime}, ${yes === true ? 'is' : 'would be'} withdrawn.`,
        );
        tell(
          `Events: ${events.removed} removed, ${events.changed} changed, of these ${events.active} active again.`,
        );
        if (setAside.length > 0) {
          tell(`It was newer than scans ${setAside.join(', ')}: import their results again, or scan again.`);
        }
        if (yes !== true) tell('Nothing was changed: --yes does it.');
      } finally {
        await store.close();
      }
    });
}
