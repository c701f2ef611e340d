import { Command } from 'commander';
import { openContext } from '../command-context.ts';
import { outputOption } from '../options.ts';
import type { OutputFormat } from '../output/render.ts';

export function statusCommand(): Command {
  return new Command('status')
    .description('how things stand: what is active, what changed, which accounts need a look, what runs')
    .addOption(outputOption(['table', 'json']))
    .addHelpText('after', '\nIt reads the database, and asks a server that runs already; it starts nothing.')
    .action(async ({ output }: { output: OutputFormat }, self: Command) => {
      const context = await openContext(self);
      const [{ statusOf, statusText }, { renderJson }, { screen }, { tell, write }] = await Promise.all([
        import('../status.ts'),
        import('../output/render.ts'),
        import('../output/terminal.ts'),
        import('../output/write.ts'),
      ]);
      const status = await statusOf(context);
      if (output === 'json') renderJson(status ?? null);
      else if (status !== undefined) write(statusText(status, screen()));
      if (status === undefined) {
        tell('Nothing was scanned yet. Begin with vedette setup and vedette scan run, or see vedette demo.');
      }
    });
}
