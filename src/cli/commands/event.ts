import { Command, InvalidArgumentError, Option } from 'commander';
import type { AccountDirectory } from '../../accounts/directory.ts';
import { withDueDate } from '../../model/due-date.ts';
import type { DuePolicy } from '../../model/due-date.ts';
import { EVENT_SORTS, EVENT_STATUSES, EventStatus } from '../../model/event.ts';
import type { DatedEvent, EventSort } from '../../model/event.ts';
import { timesOf } from '../../model/filters.ts';
import type { EventFilter, EventTimeFilter } from '../../model/filters.ts';
import { DEFAULT_SOURCE } from '../../model/source.ts';
import { defaultExpiry } from '../../model/suppression.ts';
import type { SuppressionKind } from '../../model/suppression.ts';
import type { Store } from '../../store/database/store.ts';
import { openContext } from '../command-context.ts';
import { eventDetail, EVENT_LIST_COLUMNS } from '../event-output.ts';
import type { FilterOptions, PageOptions } from '../filters.ts';
import {
  deadline,
  fieldsOption,
  idOf,
  levelsOption,
  listOption,
  moment,
  outputOption,
  suppressionEndOption,
  suppressionKindOption,
  wholeNumber,
} from '../options.ts';
import type { OutputFormat, OutputOptions } from '../output/render.ts';
import { tell } from '../output/write.ts';

type ListOptions = FilterOptions &
  PageOptions &
  OutputOptions &
  Pick<EventFilter, EventTimeFilter> & {
    status?: EventStatus;
    resource?: string;
    search?: string;
    since?: string;
    sort: EventSort;
    run?: string;
    overdue?: true;
    report?: true;
  };

interface SuppressOptions {
  reason: string;
  owner?: string;
  kind: SuppressionKind;
  until?: string | null;
}

export function eventCommand(): Command {
  const command = new Command('event').description(
    'what is wrong: one resource failing one check, through time',
  );
  command
    .command('list')
    .description('events, those recorded last first')
    .addOption(listOption('--account <id|name>', 'of these accounts'))
    .addOption(levelsOption())
    .addOption(statusOption())
    .addOption(listOption('--service <service>', 'of these services, e.g. s3,ec2'))
    .addOption(listOption('--region <region>', 'of these regions'))
    .addOption(listOption('--source <source>', `found by these sources, e.g. ${DEFAULT_SOURCE}`))
    .addOption(listOption('--check <id>', 'of these checks'))
    .option('--resource <id>', 'of this resource: its id or its name')
    .option(
      '--search <text>',
      "with this in the resource's id, name or tags (env=prod), or the check's id or title",
    )
    .option('--since <when>', 'last seen since: 2026-11-22, 36h, 7d', moment)
    .option('--new-since <when>', 'first seen since', moment)
    .option('--new-until <when>', 'first seen before', moment)
    .option('--resolved-since <when>', 'resolved since, and not reopened', moment)
    .option('--resolved-until <when>', 'resolved before, and not reopened', moment)
    .option('--reopened-since <when>', 'last reopened since', moment)
    .option('--reopened-until <when>', 'last reopened before', moment)
    .option('--due-until <when>', 'active, and to be mended before then: 2026-12-24, 7d', deadline)
    .option('--overdue', 'active, and to have been mended by now')
    .addOption(new Option('--sort <order>', 'the order').choices(EVENT_SORTS).default('newest'))
    .option('--run <id>', 'found by this run (scan list)')
    .option('--limit <n>', 'at most this many; 0 for all', wholeNumber(0), 100)
    .option('--cursor <cursor>', 'go on where an earlier list ended (its nextCursor)')
    .addOption(outputOption())
    .addOption(fieldsOption())
    .option('--report', 'all that match as one HTML page, to read, send or print')
    .addHelpText(
      'after',
      `
Examples:
  $ vedette event list --account 111111111111 --level high --status active
  $ vedette event list --service s3 --since 7d -o csv > s3.csv
  $ vedette event list --resolved-since 7d --sort -resolvedAt
  $ vedette event list --overdue --level critical,high --sort firstSeen
  $ vedette event list --status active --level critical,high --report > report.html
  $ vedette event list --limit 0 -o jsonl | wc -l`,
    )
    .action(async (options: ListOptions, self: Command) => {
      const { config, logger } = await openContext(self);
      const [
        { openMigratedStore },
        { listEvents },
        { facetValues },
        { endExpiredSuppressions },
        { directoryOf, pages, storeFilter, tellUnknownValues },
        { withAccountName },
        { renderList },
      ] = await Promise.all([
        import('../../store/database/open.ts'),
        import('../../store/events/events.ts'),
        import('../../store/events/counts.ts'),
        import('../../store/events/suppressions.ts'),
        import('../filters.ts'),
        import('../../accounts/directory.ts'),
        import('../output/render.ts'),
      ]);
      const { output, status, resource, search, sort, run } = options;
      const { due } = config.general;
      const store = await openMigratedStore(config, logger);
      try {
        await endExpiredSuppressions(store, new Date());
        const filter = {
          ...(await storeFilter(store, config, options)),
          ...(status && { statuses: [status] }),
          ...(resource && { resource }),
          ...(search && { search }),
          ...timesOf(options),
          ...(options.overdue && { dueUntil: new Date().toISOString() }),
          duePolicy: due,
          ...(run && { runId: run }),
        };
        const directory = await directoryOf(store, config);
        await tellUnknownValues(options, (facet) => facetValues(store, config.general.organizationId, facet));
        if (options.report === true) {
          await writeReport(store, directory, { filter, due });
          return;
        }
        let nextCursor: string | null = null;
        const read = async (page: PageOptions) => {
          const { events, nextCursor: next } = await listEvents(store, filter, { ...page, sort });
          return {
            rows: events.map((event) => withDueDate(due, withAccountName(directory, event))),
            nextCursor: next,
          };
        };
        await renderList<DatedEvent>(options, {
          rows: pages(options, read, (cursor) => (nextCursor = cursor)),
          columns: EVENT_LIST_COLUMNS,
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
    .argument('<id>', 'its id in event list', eventId)
    .addOption(outputOption(['table', 'wide', 'json']))
    .action(async (id: number, { output }: { output: OutputFormat }, self: Command) => {
      const { config, logger } = await openContext(self);
      const [
        { openMigratedStore },
        { getEvent },
        { eventHistory },
        { endExpiredSuppressions },
        { renderDetail, renderJson },
        { directoryOf },
        { withAccountName },
        { settingsFor },
      ] = await Promise.all([
        import('../../store/database/open.ts'),
        import('../../store/events/events.ts'),
        import('../../store/events/history.ts'),
        import('../../store/events/suppressions.ts'),
        import('../output/render.ts'),
        import('../filters.ts'),
        import('../../accounts/directory.ts'),
        import('../../store/organizations/settings.ts'),
      ]);
      const store = await openMigratedStore(config, logger);
      try {
        await endExpiredSuppressions(store, new Date());
        const found = await getEvent(store, config.general.organizationId, id);
        const named = withAccountName(await directoryOf(store, config), found);
        const { due } = (await settingsFor(store, config, config.general.organizationId)).general;
        const event = withDueDate(due, named);
        if (output === 'json') renderJson(event);
        else {
          const history = await eventHistory(store, config.general.organizationId, id);
          renderDetail(eventDetail(event, history, { all: output === 'wide' }));
        }
      } finally {
        await store.close();
      }
    });
  command
    .command('suppress')
    .description('say why events are not to be heard of: they are not notified, and not counted as active')
    .argument('<id...>', 'their ids in event list', eventIds)
    .requiredOption('--reason <text>', 'why')
    .option('--owner <name>', 'who answers for it; default is who runs this')
    .addOption(suppressionKindOption().default('accepted-risk'))
    .addOption(suppressionEndOption())
    .addHelpText(
      'after',
      `
Examples:
  $ vedette event suppress 814 815 --reason "accepted until the migration" --owner platform --until 30d`,
    )
    .action(async (ids: number[], options: SuppressOptions, self: Command) => {
      const { config, logger, signal } = await openContext(self);
      const [{ openMigratedStore }, { suppressEvents }, { personAtThisMachine }] = await Promise.all([
        import('../../store/database/open.ts'),
        import('../../store/events/suppressions.ts'),
        import('../person.ts'),
      ]);
      const { reason, kind, owner = personAtThisMachine(), until: expiresAt = defaultExpiry() } = options;
      const store = await openMigratedStore(config, logger);
      try {
        const order = { kind, reason, owner, expiresAt, by: personAtThisMachine() };
        const { events } = await suppressEvents(store, config.general.organizationId, { ids }, order, signal);
        tellOutcome(ids, events, 'suppressed', 'resolved');
        if (events > 0) tellEnd(expiresAt);
      } finally {
        await store.close();
      }
    });
  command
    .command('unsuppress')
    .description('take suppressions back: the events are active again')
    .argument('<id...>', 'their ids in event list', eventIds)
    .action(async (ids: number[], _options: object, self: Command) => {
      const { config, logger, signal } = await openContext(self);
      const [{ openMigratedStore }, { unsuppressEvents }, { personAtThisMachine }] = await Promise.all([
        import('../../store/database/open.ts'),
        import('../../store/events/suppressions.ts'),
        import('../person.ts'),
      ]);
      const store = await openMigratedStore(config, logger);
      try {
        const { organizationId } = config.general;
        const { events } = await unsuppressEvents(
          store,
          organizationId,
          { ids },
          personAtThisMachine(),
          signal,
        );
        tellOutcome(ids, events, 'no longer suppressed', 'not suppressed');
      } finally {
        await store.close();
      }
    });
  return command;
}

const eventId = idOf('an event', 'event list');

function statusOption(): Option {
  return new Option(
    '--status <status>',
    `${EVENT_STATUSES.join(', ')}; open is the same as active`,
  ).argParser((value: string): EventStatus => {
    const status = EVENT_STATUSES.find((known) => known === (value === 'open' ? EventStatus.Active : value));
    if (status !== undefined) return status;
    throw new InvalidArgumentError(`Allowed are ${EVENT_STATUSES.join(', ')}.`);
  });
}

/** For an argument that may be repeated. */
function eventIds(value: string, earlier: number[] | undefined): number[] {
  return [...(earlier ?? []), eventId(value)];
}

function tellEnd(expiresAt: string | null): void {
  tell(expiresAt === null ? 'It never ends by itself.' : `It ends at ${expiresAt}.`);
}

async function writeReport(
  store: Store,
  directory: AccountDirectory,
  { filter, due }: { filter: EventFilter; due: DuePolicy },
): Promise<void> {
  const [{ datedEvents }, { streamEvents }, { describeEvents }, { eventReport }, { writeAll }] =
    await Promise.all([
      import('../../accounts/directory.ts'),
      import('../../store/events/events.ts'),
      import('../../store/events/described.ts'),
      import('../../report/event-report.ts'),
      import('../output/write.ts'),
    ]);
  const events = datedEvents(directory, due, streamEvents(store, filter, '-level'));
  await writeAll(eventReport(describeEvents(store, filter.organizationId, events), new Date()));
}

function tellOutcome(ids: readonly number[], changed: number, done: string, otherwise: string): void {
  tell(`${changed} ${changed === 1 ? 'event is' : 'events are'} ${done}.`);
  const left = new Set(ids).size - changed;
  if (left > 0) tell(`${left} of the given ${left === 1 ? 'is' : 'are'} not there or ${otherwise}.`);
}
