import { readSnapshot } from '../../collect/snapshot.ts';
import type { SnapshotHead } from '../../collect/snapshot.ts';
import { builtInFrameworks } from '../../compliance/built-in.ts';
import { frameworksOf } from '../../compliance/framework.ts';
import type { Observation, ObservedEvent, ObservedFinding, ScanFacts } from '../../model/observation.ts';
import { UnverifiedReason } from '../../model/scope.ts';
import type { Place, ScanScope, UnseenPlace } from '../../model/scope.ts';
import type { WorkContext } from '../../work-context.ts';
import { eventHash } from '../event-hash.ts';
import type { SourceConfig } from '../source.ts';
import type { Check } from './catalogue.ts';
import { checksOf } from './checks-of.ts';
import type { Asked } from './collect.ts';
import { evaluate } from './evaluate.ts';
import type { Verdict } from './evaluate.ts';
import type { checksSettings, ChecksSettings } from './settings.ts';

/** What a snapshot says, judged by the checks of today. */
export interface Judged {
  head: SnapshotHead;
  /** Of those that the snapshot was collected for, the checks that there still are. */
  checks: readonly Check[];
  verdicts: AsyncGenerator<Verdict>;
}

/**
 * @param settings by which checks are judged: their thresholds, and which ones there are beside ours
 * @throws VedetteError `results-missing`, `results-invalid` or `config-invalid`
 */
export async function judgeSnapshot(
  file: string,
  settings: Pick<ChecksSettings, 'folder' | 'parameters'>,
): Promise<Judged> {
  const catalogue = checksOf(settings);
  const lines = readSnapshot(file);
  // The first line is the head, or the reader has thrown.
  const head = (await lines.next()).value as SnapshotHead;
  const { checks: asked } = head.asked as Asked;
  const checks = catalogue.filter(({ id }) => asked.includes(id));
  return { head, checks, verdicts: evaluate(head, lines, checks) };
}

interface Counts {
  pass: number;
  fail: number;
  unknown: number;
}

/** Judges a snapshot once; in memory is what fails, or is not known. */
export async function* interpretSnapshot(
  file: string,
  _context: WorkContext,
  { settings }: SourceConfig<typeof checksSettings>,
): AsyncGenerator<Observation> {
  const { head, checks, verdicts } = await judgeSnapshot(file, settings);
  const counts = new Map<string, Counts>(checks.map(({ id }) => [id, { pass: 0, fail: 0, unknown: 0 }]));
  const resources = new Map<string, Set<string>>();
  const failed: Verdict[] = [];
  const unseen: Verdict[] = [];
  for await (const verdict of verdicts) {
    (counts.get(verdict.checkId) as Counts)[verdict.verdict] += 1;
    if (verdict.resourceId !== null) {
      const known = resources.get(verdict.service) ?? new Set<string>();
      resources.set(verdict.service, known.add(verdict.resourceId));
    }
    if (verdict.verdict === 'fail') failed.push(verdict);
    if (verdict.verdict === 'unknown') unseen.push(verdict);
  }
  yield { kind: 'scan', scan: factsOf(head, checks, { resources, unseen }) };
  for (const check of checks)
    yield { kind: 'finding', finding: findingOf(check, counts.get(check.id) as Counts) };
  const byId = new Map(checks.map((check) => [check.id, check]));
  for (const verdict of failed) {
    yield { kind: 'event', event: eventOf(byId.get(verdict.checkId) as Check, verdict) };
  }
}

function factsOf(
  head: SnapshotHead,
  checks: readonly Check[],
  { resources, unseen }: { resources: ReadonlyMap<string, ReadonlySet<string>>; unseen: readonly Verdict[] },
): ScanFacts {
  return {
    source: 'checks',
    accountId: head.accountId,
    scanTime: head.startedAt,
    version: head.version,
    scope: scopeOf(head, checks, { resources, unseen }),
    warnings: warningsOf(unseen),
  };
}

function scopeOf(
  head: SnapshotHead,
  checks: readonly Check[],
  { resources, unseen }: { resources: ReadonlyMap<string, ReadonlySet<string>>; unseen: readonly Verdict[] },
): ScanScope {
  const services = [...new Set(checks.map(({ service }) => service))].toSorted();
  return {
    services: services.map((service) => ({
      service,
      regions: hasGlobal(checks, service) ? null : head.regions,
      resources: resources.get(service)?.size ?? 0,
      // Whatever a call without an answer hides is among the unseen places.
      fetchErrors: 0,
    })),
    requested: {
      services: (head.asked as Asked).services,
      skippedServices: [],
      regions: head.regionsAsked ? head.regions : [],
      excludedRegions: [],
    },
    asked: (head.asked as Asked).selection,
    ...(head.regionsAsked ? { only: services.flatMap((service) => seenOf(head, checks, service)) } : {}),
    unseen: unseen.map(unseenPlace),
  };
}

/** Where the scan looked for a service: in the asked regions, and at what is in none. */
function seenOf({ regions }: SnapshotHead, checks: readonly Check[], service: string): Place[] {
  const withoutRegion = checks.filter((check) => check.service === service && isWithoutRegion(check));
  const inRegions = checks.some((check) => check.service === service && !isWithoutRegion(check));
  return [
    ...(inRegions ? regions.map((region) => ({ service, region })) : []),
    ...withoutRegion.map(({ id }) => ({ service, checkId: id })),
  ];
}

function hasGlobal(checks: readonly Check[], service: string): boolean {
  return checks.some((check) => check.service === service && check.isGlobal);
}

/** Buckets are listed once, but each is in a region. */
function isWithoutRegion({ isGlobal, on }: Check): boolean {
  return isGlobal && !on.includes('s3:ListBuckets');
}

function unseenPlace({ service, checkId, region, resourceId, reason }: Verdict): UnseenPlace {
  return {
    service,
    checkId,
    ...(resourceId === null ? (region === null ? {} : { region }) : { resourceId }),
    reason: UnverifiedReason.FetchError,
    ...(reason === null ? {} : { detail: reason }),
  };
}

/** One sentence for each call without an answer. */
function warningsOf(unseen: readonly Verdict[]): string[] {
  const byReason = new Map<string, Set<string>>();
  for (const { reason, checkId } of unseen) {
    const key = reason ?? 'unknown';
    byReason.set(key, (byReason.get(key) ?? new Set<string>()).add(checkId));
  }
  return [...byReason].map(([reason, checks]) => `${reason}: not known for ${[...checks].join(', ')}`);
}

function findingOf(check: Check, { pass, fail, unknown }: Counts): ObservedFinding {
  return {
    service: check.service,
    checkId: check.id,
    level: check.level,
    sourceLevel: check.level,
    title: check.title,
    rationale: check.failsWhen,
    remediation: check.command === undefined ? check.remediation : `${check.remediation}\n${check.command}`,
    references: [],
    compliance: builtInFrameworks.flatMap((framework) =>
      frameworksOf([framework], check.id)
        .flatMap(({ requirements }) => requirements)
        .map((reference) => ({ name: framework.name, version: framework.version, reference })),
    ),
    flaggedItems: fail,
    checkedItems: pass + fail,
    unknownItems: unknown,
    evaluated: pass + fail > 0 || unknown === 0,
  };
}

function eventOf(
  { level }: Check,
  { service, checkId, region, resourceId, resourceName, resourceType, subKey, details }: Verdict,
): ObservedEvent {
  // Only of a resource can anything fail.
  const id = resourceId as string;
  const identity = { service, checkId, resourceId: id, stablePath: subKey };
  return {
    ...identity,
    level,
    sourceLevel: level,
    resourceName,
    resourceType,
    region,
    itemPath: subKey === '' ? id : `${id}#${subKey}`,
    eventHash: eventHash(identity),
    details: { ...details, resourceArn: id },
  };
}
