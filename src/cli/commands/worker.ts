import { Command } from 'commander';
import { openSession } from '../session.ts';

export function workerCommand(): Command {
  return new Command('worker')
    .description('a worker process for the Temporal server at TEMPORAL_ADDRESS; ends on Ctrl-C or SIGTERM')
    .action(async (_options: unknown, self: Command) => {
      const { config, signal } = await openSession(self);
      const [{ createLogger }, { runWorker }] = await Promise.all([
        import('../../log.ts'),
        import('../../workers/main.ts'),
      ]);
      const logger = createLogger(config.general.logLevel);
      // A worker that a stack started ends with it: the channel closes when its supervisor is gone.
      const orphaned = new AbortController();
      process.once('disconnect', () => orphaned.abort(new Error('the supervisor is gone')));
      await runWorker(config, logger, AbortSignal.any([signal, orphaned.signal]), () =>
        process.send?.('ready'),
      );
      if (process.connected) process.disconnect();
    });
}
