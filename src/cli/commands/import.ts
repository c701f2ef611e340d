import { Command, Option } from 'commander';
import { ExitCode, reportOf, VedetteError } from '../../errors.ts';
import type { ScanOutcome } from '../../model/scan.ts';
import { keepHeapSmall } from '../../processes/heap.ts';
import type { ConfigOverrides } from '../../settings.ts';
import type { Source } from '../../sources/source.ts';
import type { Store } from '../../store/database/store.ts';
import type { WorkContext } from '../../work-context.ts';
import { openContext } from '../command-context.ts';
import type { CommandContext } from '../command-context.ts';
import { fail } from '../exit.ts';
import { outputOption } from '../options.ts';
import { tell } from '../output/write.ts';
import type { LoadSources } from '../sources.ts';
import { collect } from './parse.ts';
import type { ParsedResults } from './parse.ts';

interface ImportOptions {
  output?: 'json' | 'jsonl';
  dbHost?: string;
  dbPort?: string;
  dbUser?: string;
  dbPassword?: string;
  dbName?: string;
  dryRun?: true;
  source?: string;
}

type ImportContext = CommandContext & WorkContext;

/** What `import` prints for each file. */
type FileOutcome = { file: string } & ScanOutcome;

/** Finds out whose results a file holds. */
type SourceOf = (file: string) => Promise<Source>;

export function importCommand(loadSources: LoadSources): Command {
  return new Command('import')
    .description('parse, store, resolve and notify from results files, in this process')
    .argument('<path...>', 'results files, or folders with them')
    .addOption(outputOption(['json', 'jsonl']).default(undefined))
    .addOption(new Option('--db-host <host>', 'database server'))
    .addOption(new Option('--db-port <port>', 'its port'))
    .addOption(new Option('--db-user <user>', 'database user'))
    .addOption(
      new Option('--db-password <password>', 'its password (better: DB_PASSWORD, which ps does not show)'),
    )
    .addOption(new Option('--db-name <name>', 'name of the database'))
    .option('--source <source>', 'whose files they are, where the files themselves do not tell')
    .option('--dry-run', 'read the files and say what is in them; store nothing')
    .addHelpText(
      'after',
      `
Examples:
  $ vedette import results.js
  $ vedette import reports/ -o json
  $ vedette import prowler-output-111111111111-20261103060012.ocsf.json
  $ vedette import results.js --db-host db.example.com --db-user vedette --db-name findings

A database that cannot be reached: the parsed result goes to stdout as JSON, so that nothing is lost.`,
    )
    .action(async (paths: string[], options: ImportOptions, command: Command) => {
      keepHeapSmall();
      const opened = await openContext(command, databaseFlags(options));
      const context: ImportContext = { ...opened, onProgress: () => undefined };
      const [{ findResultsFiles, readerOf, readersOf }, sources] = await Promise.all([
        import('../../sources/results-files.ts'),
        loadSources(),
      ]);
      const readers = readersOf(sources, options.source);
      const files = await findResultsFiles(readers, paths);
      const sourceOf: SourceOf = (file) => readerOf(readers, file);
      const outcomes =
        options.dryRun === true
          ? await eachFile(files, sourceOf, context, (file, source) => preview(file, source, context))
          : await importAll(files, sourceOf, context);
      if (outcomes !== null) await print(outcomes, options.output);
    });
}

function databaseFlags({ dbHost, dbPort, dbUser, dbPassword, dbName }: ImportOptions): ConfigOverrides {
  return { database: { host: dbHost, port: dbPort, user: dbUser, password: dbPassword, name: dbName } };
}

/** Null when the database was away and the parsed results were printed instead. */
async function importAll(
  files: readonly string[],
  sourceOf: SourceOf,
  context: ImportContext,
): Promise<FileOutcome[] | null> {
  const [{ openMigratedStore }, { importResults }] = await Promise.all([
    import('../../store/database/open.ts'),
    import('../../import-results.ts'),
  ]);
  const { config, logger } = context;
  let store: Store;
  try {
    store = await openMigratedStore(config, logger);
  } catch (error) {
    if (!(error instanceof VedetteError) || !error.type.startsWith('database-')) throw error;
    await printParsed(files, sourceOf, context);
    fail(error, logger.isLevelEnabled('debug'));
    return null;
  }
  try {
    return await eachFile(files, sourceOf, context, (file, source) =>
      importResults(file, source, { store, config }, context),
    );
  } finally {
    await store.close();
  }
}

/** One file's failure does not stop the others. */
async function eachFile(
  files: readonly string[],
  sourceOf: SourceOf,
  { config, logger, signal }: CommandContext,
  work: (file: string, source: Source) => Promise<ScanOutcome>,
): Promise<FileOutcome[]> {
  const outcomes: FileOutcome[] = [];
  for (const file of files) {
    const started = performance.now();
    let source: Source | undefined;
    try {
      source = await sourceOf(file);
      outcomes.push({ file, ...(await work(file, source)) });
    } catch (error) {
      if (signal.aborted) {
        process.exitCode = ExitCode.Interrupted;
        break;
      }
      fail(error, logger.isLevelEnabled('debug'));
      const durationMs = Math.round(performance.now() - started);
      const nothing = nothingStored(config, source?.id ?? '');
      outcomes.push({ file, ...nothing, status: 'failed', durationMs, error: reportOf(error) });
    }
  }
  return outcomes;
}

const NO_EVENTS = { total: 0, new: 0, still: 0, resolved: 0, reopened: 0, unverified: 0 };

function nothingStored(
  { general: { organizationId } }: CommandContext['config'],
  source: string,
): ScanOutcome {
  return {
    scanId: null,
    organizationId,
    accountId: '',
    source,
    scanTime: '',
    version: '',
    status: 'recorded',
    findings: { total: 0, flagged: 0 },
    events: NO_EVENTS,
    notified: 0,
    warnings: [],
    durationMs: 0,
  };
}

async function preview(file: string, source: Source, context: ImportContext): Promise<ScanOutcome> {
  const started = performance.now();
  const outcome = nothingStored(context.config, source.id);
  const [{ sourceConfig }, { acceptFacts, acceptFinding }] = await Promise.all([
    import('../../settings.ts'),
    import('../../store/scans/acceptance.ts'),
  ]);
  for await (const observation of source.interpret(file, context, sourceConfig(context.config, source))) {
    if (observation.kind === 'scan') {
      acceptFacts(observation.scan);
      const { accountId, scanTime, version, warnings } = observation.scan;
      Object.assign(outcome, { accountId, scanTime, version, warnings });
    } else if (observation.kind === 'finding') {
      acceptFinding(observation.finding);
      outcome.findings.total += 1;
      if (observation.finding.flaggedItems > 0) outcome.findings.flagged += 1;
    } else {
      outcome.events = { ...outcome.events, total: outcome.events.total + 1 };
    }
  }
  return {
    ...outcome,
    warnings: [...outcome.warnings, 'Dry run: nothing was stored.'],
    durationMs: Math.round(performance.now() - started),
  };
}

/** As `parse` prints it; of several files a list. */
async function printParsed(
  files: readonly string[],
  sourceOf: SourceOf,
  context: ImportContext,
): Promise<void> {
  const [{ sourceConfig }, { renderJson }] = await Promise.all([
    import('../../settings.ts'),
    import('../output/render.ts'),
  ]);
  const results: ParsedResults[] = [];
  for (const file of files) {
    try {
      const source = await sourceOf(file);
      const own = sourceConfig(context.config, source);
      results.push(await collect(source.interpret(file, context, own)));
    } catch (error) {
      fail(error, context.logger.isLevelEnabled('debug'));
    }
  }
  if (files.length > 1) renderJson(results);
  else results.forEach(renderJson);
}

async function print(outcomes: readonly FileOutcome[], output: ImportOptions['output']): Promise<void> {
  const [{ renderJson }, { jsonText }, { write }, { printable }] = await Promise.all([
    import('../output/render.ts'),
    import('../../text/json.ts'),
    import('../output/write.ts'),
    import('../../text/printable.ts'),
  ]);
  if (output === 'json') return renderJson(outcomes);
  for (const outcome of outcomes) {
    if (output === 'jsonl') write(`${jsonText(outcome)}\n`);
    else if (outcome.status !== 'failed') write(`${printable(outcome.file)}: ${sentence(outcome)}\n`);
    if (output === undefined) for (const warning of outcome.warnings) tell(`warning: ${printable(warning)}`);
  }
}

function sentence({
  accountId,
  scanTime,
  status,
  scanId,
  events,
  findings,
  durationMs,
}: FileOutcome): string {
  const scan = scanId === null ? 'read' : `${status} as scan ${scanId}`;
  return (
    `account ${accountId}, ${scanTime}: ${scan} in ${durationMs} ms\n` +
    `  ${findings.total} findings (${findings.flagged} flagged), ${events.total} events: ${events.new} new, ` +
    `${events.still} still there, ${events.resolved} resolved, ${events.reopened} reopened, ${events.unverified} unverified`
  );
}
