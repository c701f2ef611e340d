import { existsSync } from 'node:fs';
import { Command, Option } from 'commander';
import { ExitCode, VedetteError } from '../../errors.ts';
import { FILE_STATUSES } from '../../model/view360.ts';
import type { FileStatus, LoadOutcome } from '../../model/view360.ts';
import { openContext } from '../command-context.ts';
import type { CommandContext } from '../command-context.ts';
import { idOf, listOption, outputOption, wholeNumber } from '../options.ts';
import type { OutputFormat, OutputOptions } from '../output/render.ts';
import { tell } from '../output/write.ts';
import { withStore } from '../with-store.ts';
import { pullCommand, receiveCommand } from './view360/receive.ts';
import { iamPolicyCommand, sendCommand } from './view360/send.ts';

interface LoadOptions {
  output?: OutputFormat;
  dryRun?: true;
}

export function view360Command(): Command {
  const command = new Command('view360').description(
    'what every account is, costs and complies with: collected, received, and read',
  );
  command.addCommand(sendCommand());
  command.addCommand(pullCommand());
  command.addCommand(loadCommand());
  command.addCommand(receiveCommand());
  command.addCommand(statusCommand());
  command.addCommand(retryCommand());
  command.addCommand(queryCommand());
  command.addCommand(focusCommand());
  command.addCommand(iamPolicyCommand());
  return command;
}

function loadCommand(): Command {
  return new Command('load')
    .description('load payloads into the database, each exactly once')
    .argument('<file...>', 'payloads: files, or objects as s3://bucket/key')
    .option('--dry-run', 'say what would become of them; store nothing')
    .addOption(outputOption(['table', 'json', 'jsonl']))
    .addHelpText(
      'after',
      `
Examples:
  $ vedette view360 load data/111111111111/2025-09-15_DAILY.json
  $ vedette view360 load data/*/*.json --dry-run
  $ vedette view360 load s3://analytics/data/111111111111/global/2025-09-15_DAILY.json -o json

Exit codes: 1 when a file was rejected or could not be loaded, 5 when others were.`,
    )
    .action(async (files: string[], options: LoadOptions, self: Command) => {
      const context = await openContext(self);
      refuseAurora(context);
      await withStore(context, async (store) => {
        const [{ loadFile }, { closeRun, openRun, receiveObject }, { parseObject }, { randomUUID }] =
          await Promise.all([
            import('../../view360/receive/load-file.ts'),
            import('../../view360/receive/receive.ts'),
            import('../../view360/receive/bucket.ts'),
            import('node:crypto'),
          ]);
        const { organizationId } = context.config.general;
        const { unknownAccounts, bucket } = context.config.view360;
        const work = { signal: context.signal, logger: context.logger, onProgress: () => undefined };
        const dryRun = options.dryRun === true;
        const command = { workflowId: 'vedette view360 load', runId: randomUUID() };
        const runId = dryRun ? null : await openRun(store, { ...command, organizationId, trigger: 'manual' });
        const load = { organizationId, unknownAccounts, dryRun, runId };
        await printOutcomes(options, files, async (file) => {
          const object =
            parseObject(file) ??
            (bucket !== undefined && file.startsWith('data/') && !existsSync(file)
              ? { bucket, key: file, versionId: null }
              : undefined);
          if (object === undefined) return loadFile(store, { file }, load, work);
          const outcome = await receiveObject(store, context.config, object, load, work);
          if (outcome !== undefined) return outcome;
          throw new VedetteError('results-missing', `${file} is not there.`, {
            remedy: 'It may have been loaded: see vedette view360 status.',
          });
        });
        if (runId !== null) await closeRun(store, runId);
      });
    });
}

/** Every file in turn: one that fails does not stop the others. */
async function printOutcomes(
  { output = 'table' }: LoadOptions,
  files: readonly string[],
  load: (file: string) => Promise<LoadOutcome>,
): Promise<void> {
  const [{ reportOf }, { renderList, renderJson }] = await Promise.all([
    import('../../errors.ts'),
    import('../output/render.ts'),
  ]);
  const outcomes: LoadOutcome[] = [];
  for (const file of files) {
    outcomes.push(
      await load(file).catch((error: unknown): LoadOutcome => {
        const { type, message, remedy } = reportOf(error);
        return { ...UNREAD, file, error: { code: type, message: [message, remedy ?? []].flat().join(' ') } };
      }),
    );
  }
  for (const { file, warnings } of outcomes)
    for (const warning of warnings) tell(`warning: ${file}: ${warning}`);
  if (output === 'json') renderJson(outcomes.map(recordOf));
  else {
    await renderList<LoadOutcome>(
      { output },
      {
        rows: outcomes,
        record: recordOf,
        columns: [
          { header: 'FILE', value: ({ file }) => file, least: 16 },
          { header: 'ACCOUNT', value: ({ accountId }) => accountId },
          { header: 'REGION', value: ({ region }) => region, rank: 3 },
          { header: 'INTERVAL', value: ({ interval }) => interval, rank: 2 },
          { header: 'PERIOD', value: ({ period }) => period?.start ?? null },
          { header: 'STATUS', value: ({ status }) => status, shows: 'state' },
          { header: 'CREATED', value: sumOf('created') },
          { header: 'UPDATED', value: sumOf('updated') },
          { header: 'SKIPPED', value: sumOf('skipped') },
          { header: 'REJECTED', value: sumOf('rejected') },
          { header: 'GONE', value: sumOf('gone') },
          {
            header: 'ERROR',
            value: ({ error }) => (error === null ? null : `${error.code}: ${error.message}`),
            least: 16,
          },
        ],
        json: (records) => records,
        empty: 'No files.',
      },
    );
  }
  const bad = outcomes.filter(({ status }) => status === 'rejected' || status === 'failed').length;
  const partial = outcomes.some(({ status }) => status === 'partial');
  if (bad === outcomes.length) process.exitCode = ExitCode.Failed;
  else if (bad > 0 || partial) process.exitCode = ExitCode.SomeFailed;
}

const UNREAD = {
  fileId: null,
  accountId: null,
  region: null,
  interval: null,
  period: null,
  status: 'failed',
  sections: [],
  warnings: [],
  durationMs: 0,
} as const satisfies Partial<LoadOutcome>;

const sumOf =
  (name: 'created' | 'updated' | 'skipped' | 'rejected' | 'gone') =>
  ({ sections }: LoadOutcome): number =>
    sections.reduce((sum, section) => sum + section[name], 0);

/** As the contract of the command line has it. */
function recordOf(outcome: LoadOutcome) {
  const { file, fileId, accountId, region, interval, period, status, sections, error } = outcome;
  return { file, fileId, accountId, region, interval, period, status, sections, error };
}

function statusCommand(): Command {
  return new Command('status')
    .description('what was loaded, how completely, and which accounts have gone quiet')
    .addOption(listOption('--account <id>', 'of these accounts'))
    .option('--files', 'the files that were received, newest first')
    .addOption(
      listOption('--status <status>', `with --files: of these (${FILE_STATUSES.join(', ')})`).argParser(
        statusesOf,
      ),
    )
    .option('--limit <n>', 'with --files: at most this many', wholeNumber(1), 50)
    .addOption(outputOption())
    .addHelpText(
      'after',
      `
Examples:
  $ vedette view360 status
  $ vedette view360 status --files --status REJECTED,DEAD,PARTIAL`,
    )
    .action(
      async (
        options: OutputOptions & { account?: string[]; files?: true; status?: FileStatus[]; limit: number },
        self: Command,
      ) => {
        const context = await openContext(self);
        await withStore(context, async (store) => {
          const { organizationId } = context.config.general;
          const [{ accountStandings, receivedFiles }, { renderList }] = await Promise.all([
            import('../../store/view360/status.ts'),
            import('../output/render.ts'),
          ]);
          const accounts = options.account;
          if (options.files === true || options.status !== undefined) {
            const files = await receivedFiles(store, organizationId, {
              ...(accounts && { accountIds: accounts }),
              ...(options.status && { statuses: options.status }),
              limit: options.limit,
            });
            return renderList(options, {
              rows: files,
              columns: [
                { header: 'ID', value: ({ id }) => id },
                { header: 'FILE', value: ({ key }) => key, least: 16 },
                { header: 'ACCOUNT', value: ({ accountId }) => accountId },
                { header: 'INTERVAL', value: ({ interval }) => interval, rank: 2 },
                { header: 'PERIOD END', value: ({ periodEnd }) => periodEnd },
                { header: 'STATUS', value: ({ status }) => status, shows: 'state' },
                { header: 'ATTEMPTS', value: ({ attempts }) => attempts, rank: 3 },
                {
                  header: 'SEEN',
                  value: ({ firstSeenAt }) => firstSeenAt,
                  name: 'firstSeenAt',
                  shows: 'time',
                },
                {
                  header: 'ERROR',
                  value: ({ error }) => error && `${error.code}: ${error.message}`,
                  least: 16,
                },
              ],
              json: (rows) => ({ files: rows }),
              empty: 'No files were received.',
            });
          }
          const standings = await accountStandings(store, organizationId, accounts);
          return renderList(options, {
            rows: standings,
            columns: [
              { header: 'ACCOUNT', value: ({ accountId }) => accountId, name: 'accountId' },
              { header: 'NAME', value: ({ accountName }) => accountName, name: 'accountName', least: 8 },
              { header: 'FRESHNESS', value: ({ freshness }) => freshness, shows: 'state' },
              { header: 'LAST PAYLOAD', value: ({ lastPayloadAt }) => lastPayloadAt, shows: 'time' },
              { header: 'LAST PERIOD', value: ({ lastPeriodEnd }) => lastPeriodEnd, name: 'lastPeriodEnd' },
              {
                header: 'NOT WHOLE',
                value: ({ sections }) => notWhole(sections),
                name: 'notWhole',
                least: 16,
              },
            ],
            json: (accountsOf) => ({ accounts: accountsOf }),
            empty: 'No account has sent anything yet.',
          });
        });
      },
    );
}

function notWhole(sections: Readonly<Record<string, string>> | null): string {
  if (sections === null) return '';
  return Object.entries(sections)
    .filter(([, status]) => status !== 'Pass')
    .map(([section, status]) => `${section}: ${status}`)
    .join(', ');
}

function statusesOf(value: string, earlier: FileStatus[] | undefined): FileStatus[] {
  const wanted = value.split(',').map((word) => {
    const status = FILE_STATUSES.find((one) => one === word.trim().toUpperCase());
    if (status !== undefined) return status;
    throw new VedetteError('usage', `${JSON.stringify(word)} is no status.`, {
      remedy: `Statuses: ${FILE_STATUSES.join(', ')}.`,
    });
  });
  return [...(earlier ?? []), ...wanted];
}

function retryCommand(): Command {
  return new Command('retry')
    .description('load a file again that was rejected, given up, or loaded in part')
    .argument('<id>', 'its number (vedette view360 status --files)')
    .addOption(outputOption(['table', 'json', 'jsonl']))
    .addHelpText(
      'after',
      `
Example:
  $ vedette view360 retry 17`,
    )
    .action(async (text: string, options: LoadOptions, self: Command) => {
      const id = idOf('a file', 'view360 status --files')(text);
      const context = await openContext(self);
      await withStore(context, async (store) => {
        const { retryFile } = await import('../../view360/receive/retry.ts');
        const work = { signal: context.signal, logger: context.logger, onProgress: () => undefined };
        await printOutcomes(options, [text], () => retryFile(store, context.config, id, work));
      });
    });
}

function queryCommand(): Command {
  return new Command('query')
    .description('rows of a view; without a name, the views and what each answers')
    .argument('[view]', 'name of the view')
    .addOption(listOption('--account <id>', 'of these accounts'))
    .addOption(new Option('--where <column=value...>', 'rows that have this value in a column'))
    .option('--since <day>', 'of this day and later')
    .option('--until <day>', 'before this day')
    .option('--sort <column>', 'in this order; -column for the greatest first')
    .option('--limit <n>', 'at most this many; 0 for all', wholeNumber(0), 0)
    .addOption(outputOption())
    .addOption(listOption('--fields <columns>', 'only these columns'))
    .addHelpText(
      'after',
      `
Examples:
  $ vedette view360 query
  $ vedette view360 query view_cost_daily --since 2025-09-01 -o csv
  $ vedette view360 query view_certificates_expiring --where urgency=UNDER_30D -o json`,
    )
    .action(
      async (
        name: string | undefined,
        options: OutputOptions & {
          account?: string[];
          where?: string[];
          since?: string;
          until?: string;
          sort?: string;
          limit: number;
        },
        self: Command,
      ) => {
        const [{ conditionsOf, queryView, usualOrder, viewColumns, viewNamed, views }, { renderList }] =
          await Promise.all([import('../../store/view360/views.ts'), import('../output/render.ts')]);
        if (name === undefined) {
          return renderList(options, {
            rows: views,
            columns: [
              { header: 'VIEW', value: (view) => view.name, name: 'name' },
              { header: 'ANSWERS', value: ({ purpose }) => purpose, name: 'purpose', least: 20 },
            ],
            json: (rows) => rows,
            empty: '',
          });
        }
        viewNamed(name);
        const context = await openContext(self);
        await withStore(context, async (store) => {
          const columns = await viewColumns(store, viewNamed(name).name);
          const query = {
            organizationId: context.config.general.organizationId,
            ...(options.account && { accountIds: options.account }),
            ...(options.where && { where: conditionsOf(options.where) }),
            ...(options.since && { since: options.since }),
            ...(options.until && { until: options.until }),
            // Pages of what is in no order could overlap.
            sort: options.sort ?? usualOrder(columns),
          };
          await renderList(options, {
            rows: allRows(options.limit, (limit, offset) =>
              queryView(store, name, { ...query, limit, offset }),
            ),
            columns: columns.map((column) => ({
              header: column.name,
              name: column.name,
              value: (row: Readonly<Record<string, string | number | null>>) => row[column.name] ?? null,
              least: 8,
            })),
            json: (rows) => rows,
            empty: 'No rows.',
          });
        });
      },
    );
}

function focusCommand(): Command {
  const command = new Command('focus').description('costs in the FOCUS format (1.0 to 1.2)');
  command
    .command('import')
    .description('load a FOCUS file, whose columns are known by their names')
    .argument('<file...>', 'CSV, also compressed with gzip, or Parquet')
    .addOption(outputOption(['table', 'json', 'jsonl']))
    .addHelpText(
      'after',
      `
Examples:
  $ vedette view360 focus import export-00001.csv.gz
  $ vedette view360 focus import export/*.parquet`,
    )
    .action(async (files: string[], options: OutputOptions, self: Command) => {
      const context = await openContext(self);
      await withStore(context, async (store) => {
        const [{ importFocus }, { renderList }] = await Promise.all([
          import('../../view360/receive/focus.ts'),
          import('../output/render.ts'),
        ]);
        const work = { signal: context.signal, logger: context.logger, onProgress: () => undefined };
        const outcomes = [];
        for (const file of files) {
          outcomes.push(await importFocus(store, file, context.config.general.organizationId, work));
        }
        for (const { file, warnings, problems } of outcomes) {
          for (const line of [...warnings, ...problems]) tell(`warning: ${file}: ${line}`);
        }
        await renderList(options, {
          rows: outcomes,
          columns: [
            { header: 'FILE', value: ({ file }) => file, least: 16 },
            { header: 'FOCUS', value: ({ version }) => version, name: 'version' },
            { header: 'STATUS', value: ({ status }) => status, shows: 'state' },
            { header: 'ROWS', value: ({ rowsIn }) => rowsIn, name: 'rowsIn' },
            { header: 'CREATED', value: ({ created }) => created },
            { header: 'UPDATED', value: ({ updated }) => updated },
            { header: 'REJECTED', value: ({ rejected }) => rejected },
          ],
          json: (records) => records,
          empty: 'No files.',
        });
        if (outcomes.some(({ rejected }) => rejected > 0)) process.exitCode = ExitCode.SomeFailed;
      });
    });
  return command;
}

const ROWS_AT_ONCE = 5000;

/** All rows, or the first of them, some thousand at a time. */
async function* allRows<Row>(
  most: number,
  read: (limit: number, offset: number) => Promise<{ rows: readonly Row[] }>,
): AsyncGenerator<Row> {
  const last = most === 0 ? Infinity : most;
  for (let offset = 0; offset < last;) {
    const limit = Math.min(ROWS_AT_ONCE, last - offset);
    const { rows } = await read(limit, offset);
    yield* rows;
    if (rows.length < limit) return;
    offset += rows.length;
  }
}

/** The names of another database's variables would be silently without effect. */
function refuseAurora({ config }: CommandContext): void {
  const { auroraClusterArn, auroraSecretArn } = config.view360;
  if (auroraClusterArn === undefined && auroraSecretArn === undefined) return;
  throw new VedetteError(
    'config-invalid',
    'AURORA_CLUSTER_ARN and AURORA_SECRET_ARN are set: Aurora PostgreSQL is not supported.',
    {
      remedy: 'Unset both, and name a MySQL or MariaDB server in DB_HOST, or use the embedded database.',
    },
  );
}
