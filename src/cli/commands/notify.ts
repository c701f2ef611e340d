import { Command } from 'commander';
import { openContext } from '../command-context.ts';
import { wholeNumber } from '../options.ts';

export function notifyCommand(): Command {
  const command = new Command('notify').description('the e-mails about new and reopened events');
  command
    .command('preview')
    .description('render the message of a scan to files, as HTML and plain text; sends nothing')
    .option('--scan <n>', 'number of the scan; default the newest', wholeNumber(1))
    .option('--folder <folder>', 'where to write the files', '.')
    .addHelpText(
      'after',
      '\nExamples:\n  $ vedette notify preview\n  $ vedette notify preview --scan 12 --folder /tmp',
    )
    .action(async ({ scan, folder }: { scan?: number; folder: string }, self: Command) => {
      const { config, logger } = await openContext(self);
      const [{ openMigratedStore }, { previewScan }, { write }] = await Promise.all([
        import('../../store/database/open.ts'),
        import('../../notify/preview.ts'),
        import('../output/write.ts'),
      ]);
      const store = await openMigratedStore(config, logger);
      try {
        for (const file of await previewScan(store, config, { scanId: scan ?? null, folder }))
          write(`${file}\n`);
      } finally {
        await store.close();
      }
    });
  command
    .command('test')
    .description('send a message to the recipients, to see that it arrives')
    .action(async (_options: unknown, self: Command) => {
      const { config, signal } = await openContext(self);
      const [{ sendTestMessage }, { write }] = await Promise.all([
        import('../../notify/test-message.ts'),
        import('../output/write.ts'),
      ]);
      const transport = await sendTestMessage(config, { signal });
      write(`Sent by ${transport} to ${config.mail.recipients.join(', ')}.\n`);
    });
  return command;
}
