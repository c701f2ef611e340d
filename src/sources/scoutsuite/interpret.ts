import type { Observation, ObservedEvent, ScanFacts } from '../../model/observation.ts';
import type { WorkContext } from '../../work-context.ts';
import { ItemLocator } from './results/item-locator.ts';
import type { FlaggedItems } from './results/item-locator.ts';
import { memberOf, textOf, textsOf } from './results/json-value.ts';
import { readItems, ReportReader, resourcePaths } from './results/report.ts';
import type { Report } from './results/report.ts';
import { openResults, readValue, skim } from './results/results-file.ts';
import type { ResultsFile } from './results/results-file.ts';
import { readScannerErrors } from './results/scanner-errors.ts';
import type { ScannerErrors } from './results/scanner-errors.ts';
import { readScope } from './results/scope.ts';

/** Warnings are read by people: the rest is counted. */
const MAX_ODDITIES = 20;

/** Items that are looked for at a time: this and the largest finding decide on how much memory is needed. */
const BATCH_ITEMS = 50_000;

/**
 * Reads a results file of ScoutSuite: the scan's facts first, then every finding, then every event. The file is read
 * twice, so that a damaged one is refused before anything is yielded; memory grows with the items of the largest
 * finding, not with the size of the file.
 *
 * @throws VedetteError `results-missing` or `results-invalid`, naming the file, what is wrong with it and where.
 */
export async function* interpretResults(file: string, context: WorkContext): AsyncGenerator<Observation> {
  const results = await openResults(file);
  try {
    const report = await readReport(results, context);
    yield { kind: 'scan', scan: await scanFacts(file, report) };
    for (const { observed } of report.findings) yield { kind: 'finding', finding: observed };
    for await (const found of events(results, report, context)) {
      for (const event of found) yield { kind: 'event', event };
    }
  } finally {
    await results.handle.close();
  }
}

async function readReport(results: ResultsFile, context: WorkContext): Promise<Report> {
  const reader = new ReportReader();
  for await (const _ of skim(results, reader, context));
  return reader.report();
}

/** Service by service; one of very many items is read several times. What a chunk of the file has comes together. */
async function* events(
  results: ResultsFile,
  report: Report,
  context: WorkContext,
): AsyncGenerator<readonly ObservedEvent[]> {
  const pathsByService = resourcePaths(report.facts.metadata);
  for (const [service, outline] of report.services) {
    for await (const items of batches(flaggedItems(results, report, service))) {
      const locator = new ItemLocator(service, outline, pathsByService.get(service) ?? [], items);
      for await (const _ of skim(results, locator, context, outline.range)) yield locator.take();
      yield locator.rest();
    }
  }
}

async function* flaggedItems(
  results: ResultsFile,
  report: Report,
  service: string,
): AsyncGenerator<FlaggedItems> {
  for (const finding of report.findings) {
    if (finding.observed.service !== service || finding.itemCount === 0) continue;
    const read = memberOf(await readValue(results, finding.range), 'items');
    const items = finding.isClean ? textsOf(read) : readItems(service, read).items;
    // In the order of their paths each batch leads to a part of the tree only; the others pass over it.
    yield { finding, items: items.length > BATCH_ITEMS ? items.toSorted() : items };
  }
}

async function* batches(lists: AsyncIterable<FlaggedItems>): AsyncGenerator<FlaggedItems[]> {
  let batch: FlaggedItems[] = [];
  let room = BATCH_ITEMS;
  for await (const { finding, items } of lists) {
    for (let start = 0; start < items.length;) {
      const some = items.slice(start, start + room);
      batch.push({ finding, items: some });
      start += some.length;
      room -= some.length;
      if (room > 0) continue;
      yield batch;
      batch = [];
      room = BATCH_ITEMS;
    }
  }
  if (batch.length > 0) yield batch;
}

async function scanFacts(file: string, report: Report): Promise<ScanFacts> {
  const facts = readScope(file, report);
  const errors = await scannerErrors(file, report, facts);
  const services = facts.scope.services.map((service) => ({
    ...service,
    fetchErrors: errors.fetchErrors.get(service.service) ?? 0,
  }));
  const unseen = [...facts.scope.unseen, ...errors.unseen];
  return {
    ...facts,
    scope: { ...facts.scope, services, unseen },
    warnings: warningsOf(report, facts, errors),
  };
}

function scannerErrors(
  file: string,
  report: Report,
  { scope, version }: Omit<ScanFacts, 'warnings'>,
): Promise<ScannerErrors> {
  return readScannerErrors({
    resultsFile: file,
    services: scope.services,
    checks: report.findings.map(({ observed: { service, checkId }, path }) => ({ service, checkId, path })),
    known: {
      version,
      services: [...report.services.keys()],
      servicesByContainer: servicesByContainer(report),
      partition: textOf(report.facts.partition) ?? 'aws',
    },
  });
}

function servicesByContainer(report: Report): Map<string, readonly string[]> {
  const services = new Map<string, readonly string[]>();
  for (const [service, paths] of resourcePaths(report.facts.metadata)) {
    for (const path of paths) {
      const container = path.split('.').at(-1) ?? '';
      if (report.services.has(service))
        services.set(container, [...(services.get(container) ?? []), service]);
    }
  }
  return services;
}

function warningsOf(report: Report, { scope }: Omit<ScanFacts, 'warnings'>, errors: ScannerErrors): string[] {
  const crashed = scope.unseen.flatMap(({ checkId }) => checkId ?? []);
  const unevaluated =
    crashed.length === 0
      ? []
      : [`ScoutSuite could not evaluate ${crashed.join(', ')}: nothing of it is taken as fixed.`];
  const oddities = report.oddities.slice(0, MAX_ODDITIES);
  const more = report.oddities.length - oddities.length;
  return [
    ...errors.warnings,
    ...unevaluated,
    ...oddities,
    ...(more > 0 ? [`… and ${more} more like these.`] : []),
  ];
}
