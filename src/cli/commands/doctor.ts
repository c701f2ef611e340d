import { Command } from 'commander';
import { ExitCode } from '../../errors.ts';
import { openContext } from '../command-context.ts';
import type { CommandContext } from '../command-context.ts';
import type { Check } from '../doctor.ts';
import { outputOption } from '../options.ts';
import type { OutputFormat } from '../output/render.ts';
import type { LoadSources } from '../sources.ts';

const SIGN: Record<Check['status'], string> = { ok: '✓', off: '–', warning: '!', broken: '✗' };

export function doctorCommand(loadSources: LoadSources): Command {
  return new Command('doctor')
    .alias('healthcheck')
    .description('check scanner, database, mail, Temporal, worker and the credentials of each profile')
    .addOption(outputOption(['table', 'json']))
    .addHelpText(
      'after',
      '\nExit code 1 when something is broken. Each line that starts with ✗ says what to do.',
    )
    .action(async ({ output }: { output: OutputFormat }, self: Command) => {
      const context = await openContext(self);
      const [{ examine }, { renderJson }, { write }, { printable }] = await Promise.all([
        import('../doctor.ts'),
        import('../output/render.ts'),
        import('../output/write.ts'),
        import('../../text/printable.ts'),
      ]);
      const checks = await orInterrupted(context, examine(context, await loadSources()));
      const healthy = checks.every(({ status }) => status !== 'broken');
      if (output === 'json') renderJson({ healthy, checks });
      else {
        for (const { name, status, detail, remedy } of checks) {
          write(`${SIGN[status]} ${printable(name)}: ${printable(detail)}\n`);
          if (remedy !== null) write(`  → ${printable(remedy)}\n`);
        }
      }
      process.exitCode = healthy ? ExitCode.Done : ExitCode.Failed;
    });
}

/** Not everything that is examined can be stopped. */
function orInterrupted<Result>({ signal }: CommandContext, work: Promise<Result>): Promise<Result> {
  const interrupted = new Promise<never>((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(new Error('interrupted')), { once: true });
  });
  return Promise.race([work, interrupted]);
}
