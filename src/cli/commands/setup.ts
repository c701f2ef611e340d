import { Command, Option } from 'commander';
import type { Config } from '../../settings.ts';
import { openContext } from '../command-context.ts';
import { steps } from '../output/steps.ts';
import type { Step } from '../output/steps.ts';
import { tell } from '../output/write.ts';
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
      const chosen = options.source === undefined ? sources.scanners : [sources.scannerById(options.source)];
      const told = steps(signal);
      const { sourceConfig } = await import('../../settings.ts');
      const allowSystemPackages = options.systemPackages === true;
      const { home } = config.general;
      // Without what sources need the demo shows recorded scans.
      const optional = options.for === 'demo';
      const temporal: Step = {
        title: 'Temporal',
        work: (onProgress) => prepareTemporal(config, { onProgress, signal }),
      };
      const ofSources = chosen.map((source) => {
        const own = sourceConfig(config, source);
        return source.setup.map((part): Step => ({
          title: part.title,
          work: (onProgress) => part.run(own, { onProgress, signal, allowSystemPackages }),
          optional,
        }));
      });
      const simulation: Step = {
        title: 'simulated AWS',
        work: async (onProgress) => {
          const { installSimulation } = await import('../demo/simulated-aws.ts');
          return installSimulation(home, { onProgress, signal });
        },
        optional,
      };
      const database: Step = {
        title: 'database',
        work: async () => {
          const { openMigratedStore } = await import('../../store/database/open.ts');
          await (await openMigratedStore(config, logger)).close();
          return 'up to date';
        },
      };
      tell('Getting ready; the first time this takes minutes, and what is done is kept.');
      const rest = [...ofSources, [options.for === 'scan' ? database : simulation]];
      // A package manager runs once at a time, and what it brings is for those that follow.
      await told.together([[temporal], ...(allowSystemPackages ? [rest.flat()] : rest)]);
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
