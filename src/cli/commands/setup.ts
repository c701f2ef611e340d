import { Command, Option } from 'commander';
import type { Config } from '../../settings.ts';
import { openContext } from '../command-context.ts';
import { steps } from '../output/steps.ts';

type Purpose = 'scan' | 'demo' | 'test';

export function setupCommand(): Command {
  return new Command('setup')
    .description('get ready to scan: ScoutSuite in an environment of its own, Temporal, the database')
    .option('--system-packages', 'also install missing system packages (needs root)')
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
    .action(async (options: { systemPackages?: true; for: Purpose }, self: Command) => {
      const { config, logger, signal } = await openContext(self);
      const [
        { ensureTemporal },
        { sourceConfig },
        { sources },
        { installSimulation },
        { openMigratedStore },
      ] = await Promise.all([
        import('../../embedded/temporal-executable.ts'),
        import('../../settings.ts'),
        import('../../sources/registry.ts'),
        import('../demo/simulated-aws.ts'),
        import('../../store/database/open.ts'),
      ]);
      const { step, attempt } = steps(signal);
      const { address } = config.temporal;
      if (address === undefined) {
        await step('Temporal', (onProgress) => ensureTemporal(config, { onProgress, signal }), String);
      } else {
        await step(
          'Temporal',
          () => prepareServer(config, address),
          () => address,
        );
      }
      // Without these the demo shows recorded scans.
      const optional = options.for === 'demo' ? attempt : step;
      const allowSystemPackages = options.systemPackages === true;
      for (const source of sources.all) {
        for (const part of source.setup) {
          await optional(
            part.title,
            (onProgress) =>
              part.run(sourceConfig(config, source), { onProgress, signal, allowSystemPackages }),
            String,
          );
        }
      }
      if (options.for === 'scan') {
        await step('database', () => openMigratedStore(config, logger).then((store) => store.close()));
      } else {
        await optional('simulated AWS', (onProgress) => installSimulation(config, { onProgress, signal }));
      }
      if (options.for === 'test') {
        const { installSchemathesis } = await import('../../embedded/schemathesis.ts');
        await step('Schemathesis', (onProgress) => installSchemathesis(config, { onProgress, signal }));
      }
    });
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
