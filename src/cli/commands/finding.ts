import { Command } from 'commander';
import type { Finding } from '../../model/finding.ts';
import { openContext } from '../command-context.ts';
import type { FilterOptions, PageOptions } from '../filters.ts';
import { fieldsOption, levelsOption, listOption, outputOption, wholeNumber } from '../options.ts';
import type { OutputOptions } from '../output/render.ts';

type ListOptions = FilterOptions & PageOptions & OutputOptions & { scan?: number; flagged?: true };

export function findingCommand(): Command {
  const command = new Command('finding').description('what each check reported, passed ones too');
  command
    .command('list')
    .description('findings of the newest scan of each account, or of one scan')
    .option('--scan <n>', 'of this scan', wholeNumber(1))
    .addOption(listOption('--account <id|name>', 'of these accounts'))
    .addOption(levelsOption())
    .addOption(listOption('--service <service>', 'of these services'))
    .option('--flagged', 'only those with flagged items')
    .option('--limit <n>', 'at most this many; 0 for all', wholeNumber(0), 0)
    .option('--cursor <cursor>', 'go on where an earlier list ended (its nextCursor)')
    .addOption(outputOption())
    .addOption(fieldsOption())
    .addHelpText(
      'after',
      `
Examples:
  $ vedette finding list --flagged --level high
  $ vedette finding list --scan 12 -o csv`,
    )
    .action(async (options: ListOptions, self: Command) => {
      const { config, logger } = await openContext(self);
      const [
        { openMigratedStore },
        { listFindings },
        { getScan, newestScans },
        { pages, storeFilter, tellUnknownValues },
        { renderList },
      ] = await Promise.all([
        import('../../store/database/open.ts'),
        import('../../store/scans/findings.ts'),
        import('../../store/scans/scan-details.ts'),
        import('../filters.ts'),
        import('../output/render.ts'),
      ]);
      const { scan, flagged } = options;
      const store = await openMigratedStore(config, logger);
      try {
        const { organizationId } = config.general;
        if (scan !== undefined) await getScan(store, organizationId, scan);
        const filter = {
          ...(await storeFilter(store, config, options)),
          ...(scan !== undefined && { scanId: scan }),
          ...(flagged && { flagged }),
        };
        await tellUnknownValues(options, async (facet) => {
          const scans = await newestScans(store, organizationId);
          const known = {
            account: scans.map(({ accountId }) => accountId),
            service: scans.flatMap(({ scope }) => scope.services.map(({ service }) => service)),
          };
          return facet === 'account' || facet === 'service' ? [...new Set(known[facet])] : undefined;
        });
        let nextCursor: string | null = null;
        const read = async (page: PageOptions) => {
          const { findings, nextCursor: next } = await listFindings(store, filter, page);
          return { rows: findings, nextCursor: next };
        };
        await renderList<Finding>(options, {
          rows: pages(options, read, (cursor) => (nextCursor = cursor)),
          columns: [
            { header: 'SCAN', value: (finding) => finding.scanId, name: 'scanId', rank: 4 },
            { header: 'ACCOUNT', value: (finding) => finding.accountId, name: 'accountId', rank: 3 },
            { header: 'LEVEL', value: (finding) => finding.level, shows: 'level' },
            { header: 'SERVICE', value: (finding) => finding.service, rank: 6, least: 6 },
            { header: 'FLAGGED', value: (finding) => finding.flaggedItems, name: 'flaggedItems' },
            { header: 'CHECKED', value: (finding) => finding.checkedItems, name: 'checkedItems', rank: 2 },
            { header: 'CHECK', value: (finding) => finding.checkId, name: 'checkId', rank: 5, least: 16 },
            { header: 'TITLE', value: (finding) => finding.title, least: 16 },
          ],
          json: (findings) => ({ findings, nextCursor }),
          empty: 'No findings.',
        });
      } finally {
        await store.close();
      }
    });
  return command;
}
