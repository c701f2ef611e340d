import { createHash } from 'node:crypto';
import type { Observation, ObservedEvent, ObservedFinding, ScanFacts } from '../../model/observation.ts';
import { UnverifiedReason } from '../../model/scope.ts';
import type { UnseenPlace } from '../../model/scope.ts';
import type { WorkContext } from '../../work-context.ts';
import { eventHash } from '../event-hash.ts';
import { ReportLimits } from '../report-limits.ts';
import { csvResults } from './csv.ts';
import { invalid, RESULTS_REMEDY, severalAccounts } from './errors.ts';
import { ocsfResults } from './ocsf.ts';
import { levelOf } from './result.ts';
import type { CheckDescription, ProwlerResult } from './result.ts';
import { openResults, pieces } from './results-file.ts';
import type { ResultsFile } from './results-file.ts';

/** Resources of one check that are told apart when they could not be judged; with more, all of the check counts. */
const MAX_HIDDEN = 1000;
/** Accounts that are named when there should be one. */
const MAX_ACCOUNTS = 1000;
/** Of what Prowler says about one resource. */
const MAX_DETAIL = 2000;
/** Prowler has some hundred services and six hundred checks for AWS. */
const LIMITS = {
  services: { most: 1000, of: 'services' },
  checks: { most: 10_000, of: 'checks' },
  regions: { most: 1000, of: 'regions in one service' },
  textBytes: { most: 32 * 1024 * 1024, of: 'bytes of text about its checks' },
  hiddenBytes: { most: 32 * 1024 * 1024, of: 'bytes of names of resources that were not judged' },
} as const;
const LIMIT_REMEDY = 'No scan of Prowler is like this: find out where the file comes from.';
const ACCOUNT_ID = /^\d{12}$/;

/**
 * Reads results of Prowler, as OCSF or CSV: the scan's facts first, then every check, then every resource that fails one.
 * The file is read twice, so that a damaged one is refused before anything is yielded; memory grows with the checks, not
 * with the size of the file.
 *
 * @throws VedetteError `results-missing` or `results-invalid`, naming the file, what is wrong with it and where.
 */
export async function* interpretProwler(file: string, context: WorkContext): AsyncGenerator<Observation> {
  const results = await openResults(file);
  try {
    const read = await readerOf(results, context);
    const overview = new Overview(file);
    for await (const result of read(results, context)) overview.add(result);
    yield { kind: 'scan', scan: overview.facts() };
    for (const finding of overview.findings()) yield { kind: 'finding', finding };
    for await (const result of read(results, context)) {
      if (verdictOf(result) === 'fail') yield { kind: 'event', event: eventOf(result) };
    }
  } finally {
    await results.handle.close();
  }
}

type Read = (results: ResultsFile, context: WorkContext) => AsyncGenerator<ProwlerResult>;

async function readerOf(results: ResultsFile, context: WorkContext): Promise<Read> {
  for await (const { text } of pieces(results, context)) {
    const [first] = text.toString('utf8', 0, 4096).trimStart();
    if (first === '[') return ocsfResults;
    if (first !== '{' && first !== '<') return csvResults;
    const is = first === '<' ? 'is a page, not results' : 'holds a JSON object, not a list of findings';
    throw invalid(results.file, is, RESULTS_REMEDY);
  }
  throw invalid(results.file, 'is empty');
}

/**
 * `muted`: it fails, and Prowler was told to say nothing of it. `nameless`: it fails, but nothing tells which resource.
 */
type Verdict = 'pass' | 'fail' | 'muted' | 'manual' | 'nameless';

function verdictOf(result: ProwlerResult): Verdict {
  if (result.status === 'PASS') return 'pass';
  if (result.status === 'MANUAL') return 'manual';
  if (result.muted || result.status === 'MUTED') return 'muted';
  return resourceOf(result) === '' ? 'nameless' : 'fail';
}

const HIDING: Readonly<Record<Exclude<Verdict, 'pass' | 'fail'>, UnverifiedReason>> = {
  muted: UnverifiedReason.Hidden,
  manual: UnverifiedReason.CheckNotEvaluated,
  nameless: UnverifiedReason.ItemsUnreadable,
};

interface CheckOverview extends CheckDescription {
  service: string;
  checkId: string;
  severity: string;
  counts: Record<Verdict, number>;
  /** By resource and region. */
  hidden: Map<string, UnseenPlace>;
}

/** All that the facts of the scan and its findings take from the results, gathered one by one. */
class Overview {
  readonly #file: string;
  readonly #accounts = new Set<string>();
  readonly #checks = new Map<string, CheckOverview>();
  readonly #regions = new Map<string, Set<string>>();
  readonly #content = createHash('sha256');
  readonly #limits: ReportLimits<keyof typeof LIMITS>;
  #time = Number.POSITIVE_INFINITY;
  #version = '';

  constructor(file: string) {
    this.#file = file;
    this.#limits = new ReportLimits(LIMITS, (problem) => invalid(file, problem, LIMIT_REMEDY));
  }

  /** @throws VedetteError `results-invalid` for what cannot be a result of an AWS account. */
  add(result: ProwlerResult): void {
    this.#check(result);
    if (this.#accounts.size < MAX_ACCOUNTS) this.#accounts.add(result.accountId);
    this.#time = Math.min(this.#time, result.time);
    if (this.#version === '') this.#version = copied(result.version);
    const { service, checkId, severity, status, muted, region } = result;
    this.#content.update(
      `${JSON.stringify([checkId, status, muted, severity.toLowerCase(), resourceOf(result), region])}\n`,
    );
    const check = this.#checkOf(result);
    const verdict = verdictOf(result);
    check.counts[verdict] += 1;
    if (region !== '') {
      const regions = this.#regions.get(service) ?? new Set<string>();
      if (!regions.has(region)) this.#regions.set(check.service, regions.add(copied(region)));
      this.#limits.check('regions', regions.size);
      this.#limits.check('services', this.#regions.size);
    }
    if (verdict === 'pass' || verdict === 'fail' || check.hidden.size >= MAX_HIDDEN) return;
    const place = copied(hiddenPlace(result, HIDING[verdict]));
    const key = JSON.stringify(place);
    if (!check.hidden.has(key)) this.#limits.hold('hiddenBytes', 2 * key.length);
    check.hidden.set(key, place);
  }

  facts(): ScanFacts {
    const [accountId, ...others] = this.#accounts;
    if (accountId === undefined) {
      throw invalid(this.#file, 'holds no findings', 'Scan again: a scan that saw nothing proves nothing.');
    }
    if (others.length > 0) throw severalAccounts(this.#file, [...this.#accounts]);
    const checks = [...this.#checks.values()];
    const services = [...new Set(checks.map(({ service }) => service))].toSorted();
    return {
      source: 'prowler',
      accountId,
      scanTime: new Date(this.#time).toISOString(),
      version: this.#version,
      contentSha256: this.#content.digest('hex'),
      scope: {
        services: services.map((service) => ({
          service,
          regions: this.#regions.has(service) ? [...(this.#regions.get(service) ?? [])].toSorted() : null,
          // A check names a resource once, so the one with the most tells how many there are at least.
          resources: Math.max(...checks.filter((check) => check.service === service).map(judged)),
          // Prowler logs them, but not in its results.
          fetchErrors: 0,
        })),
        requested: { services: [], skippedServices: [], regions: [], excludedRegions: [] },
        // Nothing tells whether Prowler was asked for all of its checks, and one without resources is not reported.
        asked: {
          depth: null,
          frameworks: [],
          checks: checks.map(({ checkId }) => checkId).toSorted(),
          isAll: false,
        },
        unseen: checks.flatMap(unseenOf),
      },
      warnings: warningsOf(checks),
    };
  }

  /** A check that is left to people in all places reports nothing. */
  *findings(): Generator<ObservedFinding> {
    for (const overview of this.#checks.values()) {
      if (isManual(overview)) continue;
      const { hidden: _, severity, counts, ...check } = overview;
      yield {
        ...check,
        level: levelOf(severity) ?? 'medium',
        sourceLevel: severity,
        flaggedItems: counts.fail,
        checkedItems: counts.pass + counts.fail,
        evaluated: counts.pass + counts.fail + counts.muted > 0,
      };
    }
  }

  #checkOf(result: ProwlerResult): CheckOverview {
    const key = JSON.stringify([result.service, result.checkId]);
    const known = this.#checks.get(key);
    if (known !== undefined) return known;
    const { service, checkId, severity } = result;
    const check = {
      ...copied({ service, checkId, severity, ...result.describe() }),
      counts: { pass: 0, fail: 0, muted: 0, manual: 0, nameless: 0 },
      hidden: new Map<string, UnseenPlace>(),
    };
    this.#checks.set(key, check);
    this.#limits.check('checks', this.#checks.size);
    this.#limits.hold('textBytes', 2 * JSON.stringify(check).length);
    return check;
  }

  #check({ where, provider, accountId, checkId, service, status, time }: ProwlerResult): void {
    const refuse = (problem: string) =>
      invalid(this.#file, problem, `Only results of Prowler 4 and 5 for AWS are read. ${RESULTS_REMEDY}`);
    if (provider !== '' && provider !== 'aws')
      throw refuse(`holds results of ${JSON.stringify(provider)}, not of AWS`);
    if (!ACCOUNT_ID.test(accountId))
      throw refuse(`has no account id of twelve digits in ${where} (${quoted(accountId)})`);
    if (checkId === '') throw refuse(`names no check in ${where}`);
    if (service === '') throw refuse(`names no service in ${where}`);
    if (!['PASS', 'FAIL', 'MANUAL', 'MUTED'].includes(status))
      throw refuse(`has an unknown status ${quoted(status)} in ${where}`);
    if (Number.isNaN(new Date(time).getTime())) throw refuse(`has no time that can be read in ${where}`);
  }
}

function judged({ counts }: CheckOverview): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}

function isManual(check: CheckOverview): boolean {
  return check.counts.manual === judged(check);
}

function unseenOf(check: CheckOverview): UnseenPlace[] {
  const { service, checkId, hidden } = check;
  if (isManual(check)) return [];
  if (hidden.size < MAX_HIDDEN) return [...hidden.values()];
  const reasons = new Set([...hidden.values()].map(({ reason }) => reason));
  return [...reasons].map((reason) => ({ service, checkId, reason }));
}

function hiddenPlace(result: ProwlerResult, reason: UnverifiedReason): UnseenPlace {
  const { service, checkId, region } = result;
  const resourceId = resourceOf(result);
  return {
    service,
    checkId,
    ...(region === '' ? {} : { region }),
    ...(resourceId === '' ? {} : { resourceId }),
    reason,
  };
}

function warningsOf(checks: readonly CheckOverview[]): string[] {
  const counted = (verdict: Verdict) => checks.reduce((sum, { counts }) => sum + counts[verdict], 0);
  const [muted, manual, nameless] = [counted('muted'), counted('manual'), counted('nameless')];
  const strange = [...new Set(checks.map(({ severity }) => severity))].filter((one) => levelOf(one) === null);
  return [
    ...(muted === 0
      ? []
      : [
          `Prowler was told to mute ${findings(muted, 'failed finding')}: what is muted is no event, and not taken as fixed.`,
        ]),
    ...(manual === 0
      ? []
      : [`Prowler leaves ${findings(manual)} to people (MANUAL): nothing of them is taken as fixed.`]),
    ...(nameless === 0
      ? []
      : [`${findings(nameless)} name no resource: nothing of their checks is taken as fixed there.`]),
    ...(strange.length === 0
      ? []
      : [`Unknown severities count as medium: ${strange.slice(0, 10).map(quoted).join(', ')}.`]),
  ];
}

function findings(count: number, what = 'finding'): string {
  return count === 1 ? `1 ${what}` : `${count} ${what}s`;
}

function eventOf(result: ProwlerResult): ObservedEvent {
  const { service, checkId, severity, region, resourceName, resourceType, detail } = result;
  const resourceId = resourceOf(result);
  // Resources without an ARN have the same name in several regions.
  const identity = { service, checkId, resourceId, stablePath: region };
  return {
    ...identity,
    level: levelOf(severity) ?? 'medium',
    sourceLevel: severity,
    resourceName: resourceName === '' ? null : resourceName,
    resourceType: resourceType === '' ? 'Other' : resourceType,
    region: region === '' || region === 'global' ? null : region,
    itemPath: resourceId,
    eventHash: eventHash(identity),
    details: {
      ...(resourceId.startsWith('arn:') ? { resourceArn: resourceId } : {}),
      ...(detail === '' ? {} : { says: detail.slice(0, MAX_DETAIL) }),
    },
  };
}

function resourceOf({ resourceUid, resourceName }: ProwlerResult): string {
  return resourceUid === '' ? resourceName : resourceUid;
}

/** A part of a long text keeps all of that text in memory; its copy does not. */
function copied<Value>(value: Value): Value {
  return structuredClone(value);
}

function quoted(text: string): string {
  return JSON.stringify(text.slice(0, 40));
}
