import type { Observation, ObservedEvent, ScanFacts } from '../../model/observation.ts';
import type { UnseenPlace } from '../../model/scope.ts';
import { UnverifiedReason } from '../../model/scope.ts';
import type { WorkContext } from '../../work-context.ts';
import type { ResultsIdentity } from './results/companions.ts';
import { readExceptions } from './results/exceptions.ts';
import type { HiddenItems } from './results/exceptions.ts';
import { ItemLocator } from './results/item-locator.ts';
import type { FlaggedItems } from './results/item-locator.ts';
import { memberOf, textOf, textsOf } from './results/json-value.ts';
import { readItems, ReportReader, resourcePaths } from './results/report.ts';
import type { Report, ReportFinding } from './results/report.ts';
import { openResults, readValue, skim } from './results/results-file.ts';
import type { ResultsFile } from './results/results-file.ts';
import { readScannerErrors } from './results/scanner-errors.ts';
import type { ScannerErrors } from './results/scanner-errors.ts';
import { readScope } from './results/scope.ts';

/** Warnings are read by people: the rest is counted. */
const MAX_ODDITIES = 20;

/** Hidden items of a service whose resources are looked for; with more, all of their checks counts as hidden. */
const MAX_HIDDEN_ITEMS = 10_000;

/** Items that are looked for at a time: this and the largest finding decide on how much memory is needed. */
const BATCH_ITEMS = 50_000;

/**
 * Reads a results file of ScoutSuite: the scan's facts first, then every finding, then every event. The file is read
 * twice, so that a damaged one is refused before anything is yielded; memory grows with the items of the largest
 * finding, which have a limit, not with the size of the file.
 *
 * @throws VedetteError `results-missing` or `results-invalid`, naming the file, what is wrong with it and where.
 */
export async function* interpretResults(file: string, context: WorkContext): AsyncGenerator<Observation> {
  const results = await openResults(file);
  try {
    const report = await readReport(results, context);
    yield { kind: 'scan', scan: await scanFacts(results, report, context) };
    for (const { observed } of report.findings) yield { kind: 'finding', finding: observed };
    for await (const found of events(results, report, context)) {
      for (const event of found) yield { kind: 'event', event };
    }
  } finally {
    await results.handle.close();
  }
}

async function readReport(results: ResultsFile, context: WorkContext): Promise<Report> {
  const reader = new ReportReader(results.file);
  for await (const _ of skim(results, reader, context));
  return reader.report();
}

/** Service by service; one of very many items is read several times. */
async function* events(
  results: ResultsFile,
  report: Report,
  context: WorkContext,
): AsyncGenerator<readonly ObservedEvent[]> {
  for (const service of report.services.keys()) {
    for await (const items of batches(flaggedItems(results, report, service))) {
      yield* locate(results, report, service, items, context);
    }
  }
}

/** The events that items of one service stand for. What a chunk of the file has comes together. */
async function* locate(
  results: ResultsFile,
  report: Report,
  service: string,
  items: readonly FlaggedItems[],
  context: WorkContext,
): AsyncGenerator<readonly ObservedEvent[]> {
  const outline = report.services.get(service);
  if (outline === undefined) return;
  const paths = resourcePaths(report.facts.metadata).get(service) ?? [];
  const locator = new ItemLocator(service, outline, paths, items);
  for await (const _ of skim(results, locator, context, outline.range)) yield locator.take();
  yield locator.rest();
}

async function* flaggedItems(
  results: ResultsFile,
  report: Report,
  service: string,
): AsyncGenerator<FlaggedItems> {
  for (const finding of report.findings) {
    if (finding.observed.service !== service || finding.itemCount === 0) continue;
    const read = await readValue(results, finding.itemsRange);
    const items = finding.isClean ? textsOf(read) : readItems(service, { items: read }).items;
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

async function scanFacts(results: ResultsFile, report: Report, context: WorkContext): Promise<ScanFacts> {
  const facts = readScope(results.file, report);
  const identity = {
    file: results.file,
    accountId: facts.accountId,
    time: textOf(memberOf(report.facts.last_run, 'time')) ?? '',
  };
  const errors = await scannerErrors(identity, report, facts, context.signal);
  const hidden = await hiddenByExceptions(results, identity, report, context);
  const services = facts.scope.services.map((service) => ({
    ...service,
    fetchErrors: errors.fetchErrors.get(service.service) ?? 0,
  }));
  const unseen = [...facts.scope.unseen, ...errors.unseen, ...hidden.unseen];
  return {
    ...facts,
    scope: { ...facts.scope, services, unseen },
    warnings: [...errors.warnings, ...hidden.warnings, ...warningsOf(report)],
  };
}

/** The resources of items that ScoutSuite was told to leave out: hidden is not fixed. */
async function hiddenByExceptions(
  results: ResultsFile,
  identity: ResultsIdentity,
  report: Report,
  context: WorkContext,
): Promise<{ unseen: UnseenPlace[]; warnings: string[] }> {
  const { hidden, problem } = await readExceptions(identity, context.signal);
  const reason = UnverifiedReason.Hidden;
  if (problem !== null) {
    const warnings = [`${problem}: nothing that is missing from this scan is taken as fixed.`];
    return { unseen: [{ reason, detail: problem }], warnings };
  }
  const unseen: UnseenPlace[] = [];
  let count = 0;
  for (const [service, ofService] of hiddenByService(report, hidden)) {
    const items = ofService.reduce((sum, flagged) => sum + flagged.items.length, 0);
    count += items;
    if (items > MAX_HIDDEN_ITEMS) {
      unseen.push(
        ...ofService.map(({ finding }) => ({ service, checkId: finding.observed.checkId, reason })),
      );
    } else {
      for await (const found of locate(results, report, service, ofService, context)) {
        unseen.push(...found.map(({ checkId, resourceId }) => ({ service, checkId, resourceId, reason })));
      }
    }
  }
  const told = `ScoutSuite was told to hide ${count === 1 ? '1 item' : `${count} items`}`;
  const warnings = count === 0 ? [] : [`${told} (--exceptions): what is hidden is not taken as fixed.`];
  return { unseen, warnings };
}

function hiddenByService(report: Report, hidden: readonly HiddenItems[]): Map<string, FlaggedItems[]> {
  const findings = new Map(
    report.findings.map((finding) => [
      JSON.stringify([finding.observed.service, finding.observed.checkId]),
      finding,
    ]),
  );
  const byService = new Map<string, FlaggedItems[]>();
  for (const { service, checkId, items } of hidden) {
    const finding = findings.get(JSON.stringify([service, checkId]));
    const readable = readItems(service, { items }).items;
    if (finding === undefined || readable.length === 0) continue;
    const ofService = byService.get(service);
    if (ofService === undefined) byService.set(service, [{ finding, items: readable }]);
    else ofService.push({ finding, items: readable });
  }
  return byService;
}

function scannerErrors(
  results: ResultsIdentity,
  report: Report,
  { scope, scanTime, version }: Omit<ScanFacts, 'warnings'>,
  signal: AbortSignal,
): Promise<ScannerErrors> {
  return readScannerErrors({
    results,
    scanTime,
    services: scope.services,
    checks: report.findings.map(({ observed: { service, checkId }, path }) => ({ service, checkId, path })),
    known: {
      version,
      services: [...report.services.keys()],
      servicesByContainer: servicesByContainer(report),
      partition: textOf(report.facts.partition) ?? 'aws',
    },
    signal,
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

function warningsOf({ findings, earlierServices, oddities }: Report): string[] {
  const crashed = findings.filter(({ observed }) => !observed.evaluated);
  const lost = findings.filter(({ observed, lostItems }) => observed.evaluated && lostItems > 0);
  return [
    ...(crashed.length === 0
      ? []
      : [`ScoutSuite could not evaluate ${checksOf(crashed)}: nothing of it is taken as fixed.`]),
    ...(lost.length === 0
      ? []
      : [`Not all that ${checksOf(lost)} flagged can be read: nothing of it is taken as fixed.`]),
    ...(earlierServices.length === 0
      ? []
      : [`The data of ${listed(earlierServices)} is of an earlier run (--update): it is left out.`]),
    ...oddities.slice(0, MAX_ODDITIES),
    ...(oddities.length > MAX_ODDITIES ? [`… and ${oddities.length - MAX_ODDITIES} more like these.`] : []),
  ];
}

function checksOf(findings: readonly ReportFinding[]): string {
  return listed(findings.map(({ observed }) => observed.checkId));
}

function listed(names: readonly string[]): string {
  const more = names.length - MAX_ODDITIES;
  return `${names.slice(0, MAX_ODDITIES).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
