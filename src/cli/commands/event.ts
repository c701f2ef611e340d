import { Command, Option } from 'commander';
import { EventStatus } from '../../model/event.ts';
import type { Event } from '../../model/event.ts';
import { levelsOption, listOption, moment, outputOption, wholeNumber } from '../options.ts';
import type { Column, OutputFormat } from '../output/render.ts';
import { tell } from '../output/write.ts';
import { openSession } from '../session.ts';
import type { FilterOptions, PageOptions } from '../filters.ts';

type ListOptions = FilterOptions &
  PageOptions & { status?: EventStatus; resource?: string; since?: string; output: OutputFormat };

const columns: readonly Column<Event>[] = [
  { header: 'ID', value: (event) => event.id },
  { header: 'LEVEL', value: (event) => event.level },
  { header: 'STATUS', value: (event) => event.status },
  { header: 'ACCOUNT', value: (event) => event.accountId },
  { header: 'REGION', value: (event) => event.region },
  { header: 'RESOURCE TYPE', value: (event) => event.resourceType },
  { header: 'RESOURCE', value: (event) => event.resourceName ?? event.resourceId },
  { header: 'CHECK', value: (event) => event.checkId },
  { header: 'FIRST SEEN', value: (event) => event.firstSeen },
  { header: 'LAST SEEN', value: (event) => event.lastSeen },
];

export function eventCommand(): Command {
  const command = new Command('event').description(
    'what is wrong: one resource failing one check, through time',
  );
  command
    .command('list')
    .description('events, newest first')
    .addOption(listOption('--account <id|name>', 'of these accounts'))
    .addOption(levelsOption())
    .addOption(new Option('--status <status>', 'active or resolved').choices(Object.values(EventStatus)))
    .addOption(listOption('--service <service>', 'of these services, e.g. s3,ec2'))
    .addOption(listOption('--region <region>', 'of these regions'))
    .addOption(listOption('--source <source>', 'found by these sources, e.g. scoutsuite'))
    .addOption(listOption('--check <id>', 'of these checks'))
    .option('--resource <id>', 'of this resource: its id or its name')
    .option('--since <when>', 'last seen since: 2026-11-22, 36h, 7d', moment)
    .option('--limit <n>', 'at most this many; 0 for all', wholeNumber(0), 100)
    .option('--cursor <cursor>', 'go on where an earlier list ended (its nextCursor)')
    .addOption(outputOption())
    .addHelpText(
      'after',
      `
Examples:
  $ vedette event list --account 111111111111 --level high --status active
  $ vedette event list --service s3 --since 7d -o csv > s3.csv
  $ vedette event list --limit 0 -o jsonl | wc -l`,
    )
    .action(async (options: ListOptions, self: Command) => {
      const { config, logger } = await openSession(self);
      const [{ openMigratedStore }, { listEvents }, { pages, storeFilter }, { renderList }] =
        await Promise.all([
          import('../../store/open.ts'),
          import('../../store/events.ts'),
          import('../filters.ts'),
          import('../output/render.ts'),
        ]);
      const { output, status, resource, since } = options;
      const store = await openMigratedStore(config, logger);
      try {
        const filter = {
          ...(await storeFilter(store, config.general.organizationId, options)),
          ...(status && { status }),
          ...(resource && { resource }),
          ...(since && { since }),
        };
        let nextCursor: string | null = null;
        const read = async (page: PageOptions) => {
          const { events, nextCursor: next } = await listEvents(store, filter, page);
          return { rows: events, nextCursor: next };
        };
        await renderList<Event>(output, {
          rows: pages(options, read, (cursor) => (nextCursor = cursor)),
          columns,
          json: (events) => ({ events, nextCursor }),
          empty: 'No events.',
        });
        if (output === 'table' && nextCursor !== null) {
          tell(`There are more: --cursor ${String(nextCursor)} goes on, --limit 0 gives all.`);
        }
      } finally {
        await store.close();
      }
    });
  command
    .command('show')
    .description('one event with its finding, its history and its details')
    .argument('<id>', 'its id in event list', wholeNumber(1))
    .addOption(outputOption(['table', 'json']))
    .action(async (id: number, { output }: { output: OutputFormat }, self: Command) => {
      const { config, logger } = await openSession(self);
      const [{ openMigratedStore }, { getEvent }, { renderJson, renderRecord }] = await Promise.all([
        import('../../store/open.ts'),
        import('../../store/events.ts'),
        import('../output/render.ts'),
      ]);
      const store = await openMigratedStore(config, logger);
      try {
        const event = await getEvent(store, config.general.organizationId, id);
        if (output === 'json') renderJson(event);
        else renderRecord({ ...event });
      } finally {
        await store.close();
      }
    });
  return command;
}
