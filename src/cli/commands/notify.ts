import { Command, Option } from 'commander';
import { CHANNELS, CHANNEL_TITLES } from '../../model/channel.ts';
import type { ChannelName } from '../../model/channel.ts';
import { openContext } from '../command-context.ts';
import { wholeNumber } from '../options.ts';
import { securityHubCommand } from './security-hub.ts';

export function notifyCommand(): Command {
  const command = new Command('notify').description('the messages about new and reopened events');
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
    .description('send a message, to see that it arrives')
    .addOption(new Option('--channel <channel>', 'what to try').choices(CHANNELS).default('email'))
    .action(async ({ channel }: { channel: ChannelName }, self: Command) => {
      const { config, signal } = await openContext(self);
      const [{ sendTestMessage }, { mailTransportName }, { write }] = await Promise.all([
        import('../../notify/test-message.ts'),
        import('../../notify/deliver.ts'),
        import('../output/write.ts'),
      ]);
      await sendTestMessage(config, channel, signal);
      write(
        channel === 'email'
          ? `Sent by ${mailTransportName(config)} to ${config.mail.recipients.join(', ')}.\n`
          : `${CHANNEL_TITLES[channel]} has taken the message.\n`,
      );
    });
  command.addCommand(securityHubCommand());
  return command;
}
