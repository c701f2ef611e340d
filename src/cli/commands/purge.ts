import { Command } from 'commander';
import { VedetteError } from '../../errors.ts';
import { openContext } from '../command-context.ts';
import { durationOption, outputOption } from '../options.ts';
import type { OutputFormat } from '../output/render.ts';
import { tell } from '../output/write.ts';

interface PurgeOptions {
  olderThan?: number;
  dryRun?: true;
  output: OutputFormat;
}

const DAY_MS = 86_400_000;

export function purgeCommand(): Command {
  return new Command('purge')
    .description('remove what is old: resolved events, links of events to scans, and kept results')
    .addOption(
      durationOption('--older-than <age>', 'remove what is older, e.g. 180d; default VEDETTE_RETENTION'),
    )
    .option('--dry-run', 'only tell what would be removed')
    .addOption(outputOption(['table', 'json']))
    .addHelpText(
      'after',
      `
Scans and their findings stay, as do active events and the links of each account's newest scan. An event that
was removed and is found again is a new one. Results of scans that were kept (vedette snapshot list) go when they
are that old, or older than VEDETTE_RESULTS_RETENTION. vedette schedule create NAME --purge does this regularly.

Examples:
  $ vedette purge --older-than 180d --dry-run
  $ vedette schedule create housekeeping --purge --older-than 180d --cron "0 5 * * 0"`,
    )
    .action(async (options: PurgeOptions, self: Command) => {
      const context = await openContext(self);
      const { config, logger, signal } = context;
      const { organisationConfig } = await import('../organisation-config.ts');
      const { retentionMs } = (await organisationConfig(context)).general;
      const olderThanMs = options.olderThan ?? retentionMs;
      if (olderThanMs < DAY_MS) {
        throw new VedetteError('usage', 'There is no age given, or one of less than a day.', {
          remedy: 'Give an age such as --older-than 180d, or set VEDETTE_RETENTION.',
        });
      }
      const [
        { openMigratedStore },
        { openArtifactStore },
        { purgeResults },
        { purgeStore },
        { purgeText },
        { renderJson, renderList },
      ] = await Promise.all([
        import('../../store/database/open.ts'),
        import('../../artifacts/open.ts'),
        import('../../artifacts/kept-results.ts'),
        import('../../store/purge.ts'),
        import('../../model/purge.ts'),
        import('../output/render.ts'),
      ]);
      const store = await openMigratedStore(config, logger);
      try {
        const { organizationId } = config.general;
        const before = new Date(Date.now() - olderThanMs).toISOString();
        const scope = { organizationId, before, dryRun: options.dryRun === true };
        const work = { signal, logger, onProgress: () => undefined };
        const purged = await purgeStore(store, scope, work);
        const artifacts = await openArtifactStore(config);
        const results = await purgeResults(artifacts, scope, config.artifacts.keptMs, work);
        const result = { ...purged, results };
        if (options.output === 'json') {
          renderJson(result);
          return;
        }
        await renderList(
          { output: 'table' },
          {
            rows: result.accounts,
            columns: [
              { header: 'ACCOUNT', value: (row) => row.accountId, name: 'accountId' },
              { header: 'SOURCE', value: (row) => row.source, least: 8 },
              { header: 'EVENTS', value: (row) => row.events },
              { header: 'LINKS', value: (row) => row.links },
            ],
            json: (accounts) => accounts,
            empty: 'Nothing is that old.',
          },
        );
        tell(purgeText(result));
      } finally {
        await store.close();
      }
    });
}
