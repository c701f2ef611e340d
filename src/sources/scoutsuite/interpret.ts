import type { Observation, ScanFacts } from '../../model/observation.ts';
import type { WorkContext } from '../source.ts';
import { ItemLocator } from './item-locator.ts';
import { ReportReader, resourcePaths } from './report.ts';
import type { Report } from './report.ts';
import { openResults, skim } from './results-file.ts';
import type { ResultsFile } from './results-file.ts';
import { readScannerErrors } from './scanner-errors.ts';
import type { ScannerErrors } from './scanner-errors.ts';
import { readScope } from './scope.ts';

/** Warnings are read by people: the rest is counted. */
const MAX_ODDITIES = 20;

/**
 * Reads a results file of ScoutSuite: the scan's facts first, then every finding, then every event. The file is read
 * twice, so that a damaged one is refused before anything is yielded; memory grows with the flagged items, not
 * with the size of the file.
 *
 * @throws VedetteError `results-missing` or `results-invalid`, naming the file, what is wrong with it and where.
 */
export async function* interpretResults(file: string, context: WorkContext): AsyncGenerator<Observation> {
  const results = await openResults(file);
  try {
    const report = await readReport(results, context);
    yield { kind: 'scan', scan: await scanFacts(file, report) };
    for (const { observed } of report.findings) yield { kind: 'finding', finding: observed };
    yield* events(results, report, context);
  } finally {
    await results.handle.close();
  }
}

async function readReport(results: ResultsFile, context: WorkContext): Promise<Report> {
  const reader = new ReportReader();
  for await (const _ of skim(results, reader, context));
  return reader.report();
}

async function* events(
  results: ResultsFile,
  report: Report,
  context: WorkContext,
): AsyncGenerator<Observation> {
  const locator = new ItemLocator(report);
  for await (const _ of skim(results, locator, context)) {
    for (const event of locator.take()) yield { kind: 'event', event };
    if (locator.isDone) return;
  }
}

async function scanFacts(file: string, report: Report): Promise<ScanFacts> {
  const facts = readScope(file, report);
  const errors = await scannerErrors(file, report, facts);
  const services = facts.scope.services.map((service) => ({
    ...service,
    fetchErrors: errors.fetchErrors.get(service.service) ?? 0,
  }));
  return { ...facts, scope: { ...facts.scope, services }, warnings: warningsOf(report, facts, errors) };
}

function scannerErrors(
  file: string,
  report: Report,
  { scope }: Omit<ScanFacts, 'warnings'>,
): Promise<ScannerErrors> {
  return readScannerErrors({
    resultsFile: file,
    services: scope.services.map(({ service }) => service),
    knownServices: [...report.services.keys()],
    servicesByContainer: servicesByContainer(report),
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
  const crashed = scope.unevaluatedChecks.map(({ checkId }) => checkId);
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
