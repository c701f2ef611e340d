import { Command, Option } from 'commander';
import type { Config } from '../../settings.ts';
import { openContext } from '../command-context.ts';
import { steps } from '../output/steps.ts';
import type { LoadSources } from '../sources.ts';

interface SetupOptions {
  systemPackages?: true;
  source?: string;
  /** `test` is as `demo`, but nothing may be missing. */
  for: 'scan' | 'demo' | 'test';
}

export function setupCommand(loadSources: LoadSources): Command {
  return new Command('setup')
    .description('get ready to scan: Temporal, what the sources scan with, the database')
    .option('--system-packages', 'also install missing system packages (needs root)')
    .option('--source <source>', 'get this source ready, not every one')
    .addOption(
      new Option('--for <purpose>', 'what to get ready for')
        .choices(['scan', 'demo', 'test'])
        .default('scan'),
    )
    .addHelpText(
      'after',
      `
Can be run again at any time: what is there already takes no time. Nothing outside VEDETTE_HOME is touched,
but for the system packages that --system-packages allows.`,
    )
    .action(async (options: SetupOptions, self: Command) => {
      const { config, logger, signal } = await openContext(self);
      const sources = await loadSources();
      const chosen = options.source === undefined ? sources.all : [sources.byId(options.source)];
      const told = steps(signal);
      // Without what sources need the demo shows recorded scans.
      const stepOrAttempt = options.for === 'demo' ? told.attempt : told.step;

      await told.step('Temporal', (onProgress) => prepareTemporal(config, { onProgress, signal }), String);
      const { sourceConfig } = await import('../../settings.ts');
      const allowSystemPackages = options.systemPackages === true;
      for (const source of chosen) {
        const own = sourceConfig(config, source);
        for (const part of source.setup) {
          await stepOrAttempt(
            part.title,
            (onProgress) => part.run(own, { onProgress, signal, allowSystemPackages }),
            String,
          );
        }
      }
      if (options.for === 'scan') {
        const { openMigratedStore } = await import('../../store/database/open.ts');
        await told.step('database', () => openMigratedStore(config, logger).then((store) => store.close()));
      } else {
        const { installSimulation } = await import('../demo/simulated-aws.ts');
        const { home } = config.general;
        await stepOrAttempt('simulated AWS', (onProgress) => installSimulation(home, { onProgress, signal }));
      }
    });
}

/** Gives the executable for the embedded server, or the address of somebody else's, which then knows what it needs. */
async function prepareTemporal(
  config: Config,
  context: { onProgress: (line: string) => void; signal: AbortSignal },
): Promise<string> {
  const { address } = config.temporal;
  if (address !== undefined) {
    await prepareServer(config, address);
    return address;
  }
  const { ensureTemporal } = await import('../../embedded/temporal-executable.ts');
  return ensureTemporal(config, context);
}

/** A server of somebody else's must know our search attributes before the first run. */
async function prepareServer(config: Config, address: string): Promise<void> {
  const { connectTemporal, registerSearchAttributes } = await import('../../client/temporal.ts');
  const temporal = await connectTemporal(config, address);
  try {
    await registerSearchAttributes(temporal, config.temporal.namespace);
  } finally {
    await temporal.close();
  }
}
