import { Command } from 'commander';
import { openContext } from '../command-context.ts';
import { complianceBasisOf } from '../compliance-basis.ts';
import { tell } from '../output/write.ts';

export function serveCommand(): Command {
  return new Command('serve')
    .description('the API and the dashboard; ends on Ctrl-C or SIGTERM (vedette up serves them too)')
    .option('--address <host:port>', 'where to listen; default is VEDETTE_API_ADDRESS')
    .addHelpText(
      'after',
      `
It needs a Temporal server for runs and schedules: that of TEMPORAL_ADDRESS, or of the vedette up that runs.
vedette token link prints a link that signs a browser in; vedette token create makes a token for programs.
Beyond the loopback interface it is served only when there is a token.`,
    )
    .action(async ({ address }: { address?: string }, self: Command) => {
      const { config, signal } = await openContext(self, address === undefined ? {} : { api: { address } });
      const [{ createLogger }, { serveApi }, { temporalOf }] = await Promise.all([
        import('../../log.ts'),
        import('../../api/server.ts'),
        import('../../embedded/running-temporal.ts'),
      ]);
      const logger = createLogger(config.general.logLevel);
      const temporal = await temporalOf(config, logger);
      // One that a stack started ends with it: the channel closes when its supervisor is gone.
      const orphaned = new AbortController();
      process.once('disconnect', () => orphaned.abort(new Error('the supervisor is gone')));
      await serveApi(
        { ...config, temporal: { ...config.temporal, uiUrl: config.temporal.uiUrl ?? temporal.uiUrl } },
        {
          temporalAddress: temporal.address,
          compliance: () => complianceBasisOf(config),
          logger,
          signal: AbortSignal.any([signal, orphaned.signal]),
          onReady: (url) => {
            tell(`Serving the API and the dashboard at ${url}`);
            process.send?.('ready');
          },
        },
      );
      if (process.connected) process.disconnect();
    });
}
