import type { ScanFacts } from '../../../model/observation.ts';
import { UnverifiedReason } from '../../../model/scope.ts';
import type { ScanScope, ServiceScope, UnseenPlace } from '../../../model/scope.ts';
import { countOf, memberOf, textOf, textsOf } from './json-value.ts';
import { resourcePaths } from './report.ts';
import type { Report, ReportFinding } from './report.ts';
import { invalid } from './results-file.ts';

const SCAN_TIME = /^(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2}:\d{2})(?:\.\d+)?\s*(?:Z|([+-]\d{2}):?(\d{2}))$/;

/** Where the scan looked, and who asked for it. @throws VedetteError `results-invalid` */
export function readScope(file: string, report: Report): Omit<ScanFacts, 'warnings'> {
  const provider = textOf(report.facts.provider_code);
  if (provider !== null && provider !== 'aws') {
    throw invalid(file, `is a scan of ${provider}`, 'Only ScoutSuite results of AWS accounts are read.');
  }
  if (report.services.size === 0) throw invalid(file, 'has no "services": it is no report of ScoutSuite');
  const lastRun = report.facts.last_run;
  return {
    source: 'scoutsuite',
    accountId: accountIdOf(file, report.facts.account_id),
    scanTime: scanTimeOf(file, memberOf(lastRun, 'time')),
    version: textOf(memberOf(lastRun, 'version')) ?? 'unknown',
    contentSha256: report.contentSha256,
    scope: {
      services: coveredServices(report).map((service) => serviceScope(service, report)),
      requested: requestedOf(memberOf(lastRun, 'run_parameters')),
      unseen: report.findings.flatMap(unseenBy),
    },
  };
}

/** A check that crashed saw nothing. One of whose items some are lost may have flagged whatever is missing. */
function unseenBy({ observed, lostItems }: ReportFinding): UnseenPlace[] {
  const { service, checkId } = observed;
  if (!observed.evaluated) return [{ service, checkId, reason: UnverifiedReason.CheckNotEvaluated }];
  return lostItems > 0 ? [{ service, checkId, reason: UnverifiedReason.ItemsUnreadable }] : [];
}

function accountIdOf(file: string, value: unknown): string {
  const digits = typeof value === 'number' ? String(value).padStart(12, '0') : textOf(value);
  if (digits === null) throw invalid(file, 'has no "account_id": it is no report of ScoutSuite');
  if (!/^\d{12}$/.test(digits)) {
    throw invalid(file, `has ${JSON.stringify(digits.slice(0, 40))} for an account_id, not twelve digits`);
  }
  return digits;
}

/** `2026-11-22 15:51:07+0000`, in the scanner's own zone, as ISO 8601 in UTC. */
function scanTimeOf(file: string, value: unknown): string {
  const text = textOf(value) ?? '';
  const [, date, time, hours, minutes] = SCAN_TIME.exec(text) ?? [];
  const offset = hours === undefined ? 'Z' : `${hours}:${minutes}`;
  const local = new Date(`${date}T${time}Z`);
  const utc = new Date(`${date}T${time}${offset}`);
  // In UTC, too, the year must be one of four digits.
  const isRealDate =
    /^\d{4}-/.test(isoOrEmpty(utc)) &&
    !Number.isNaN(local.getTime()) &&
    local.toISOString().startsWith(`${date}T`);
  if (!isRealDate) {
    const found = text === '' ? 'no' : `an unreadable (${JSON.stringify(text.slice(0, 40))})`;
    throw invalid(file, `has ${found} "last_run.time", so that it cannot be told when the scan was`);
  }
  return utc.toISOString();
}

function isoOrEmpty(time: Date): string {
  return Number.isNaN(time.getTime()) ? '' : time.toISOString();
}

/** Files that were cut by hand may lack the list: then what has findings was covered. */
function coveredServices(report: Report): string[] {
  const listed = report.facts.service_list;
  if (Array.isArray(listed)) {
    return [...new Set(textsOf(listed))].filter((service) => !report.earlierServices.includes(service));
  }
  return [...new Set(report.findings.map(({ observed }) => observed.service))];
}

function serviceScope(service: string, report: Report): ServiceScope {
  return {
    service,
    regions: regionsOf(service, report),
    resources: resourcesOf(service, report),
    fetchErrors: 0,
  };
}

/** A service that has regions, but none in the results, was looked at nowhere. */
function regionsOf(service: string, report: Report): readonly string[] | null {
  const present = report.services.get(service)?.regions;
  if (present !== null && present !== undefined) return present;
  const paths = resourcePaths(report.facts.metadata).get(service) ?? [];
  return paths.some((path) => path.startsWith(`${service}.regions`)) ? [] : null;
}

/**
 * What the tree shows. The report's own summary does not count load balancers, and counts the settings that
 * every region has; it is asked only where there is no tree.
 */
function resourcesOf(service: string, report: Report): number {
  const counted = report.services.get(service)?.resources ?? 0;
  if (counted > 0 || hasTree(report)) return counted;
  const summary = memberOf(memberOf(memberOf(report.facts.last_run, 'summary'), service), 'resources_count');
  const flagged = report.findings.filter(({ observed }) => observed.service === service);
  return Math.max(countOf(summary), ...flagged.map(({ itemCount }) => Math.min(1, itemCount)));
}

function hasTree(report: Report): boolean {
  return [...report.services.values()].some(({ resources }) => resources > 0);
}

function requestedOf(parameters: unknown): ScanScope['requested'] {
  return {
    services: namesOf(parameters, 'services'),
    skippedServices: namesOf(parameters, 'skipped_services'),
    regions: namesOf(parameters, 'regions'),
    excludedRegions: namesOf(parameters, 'excluded_regions'),
  };
}

function namesOf(parameters: unknown, name: string): string[] {
  return textsOf(memberOf(parameters, name)).filter((entry) => entry !== '');
}
