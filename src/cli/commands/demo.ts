import { Command } from 'commander';
import { openContext } from '../command-context.ts';
import type { LoadSources } from '../sources.ts';

export function demoCommand(loadSources: LoadSources): Command {
  return new Command('demo')
    .description('the whole pipeline on two simulated AWS accounts, with the real scanners')
    .option('--exit', 'end when it is done, instead of staying up with the dashboard and the Temporal UI')
    .addHelpText(
      'after',
      `
Two accounts are filled with insecure resources and scanned; then some problems are fixed, others made, and the
accounts are scanned again. Without Python the scans are recorded ones that ship with vedette.
Its data lies in VEDETTE_HOME/demo, apart from yours, and is made anew each time. Whatever is set for real
scans, such as a database, mail or a Temporal server, does not hold for the demo.`,
    )
    .action(async (options: { exit?: true }, self: Command) => {
      const { runDemo } = await import('../demo/demo.ts');
      await runDemo(await openContext(self), await loadSources(), options);
    });
}
