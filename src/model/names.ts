import { FIRST_SOURCE } from './source.ts';
import type { Target } from './target.ts';

/** Names that workflows, workers and clients share; people see them in Temporal's UI. */
export const WORKFLOWS = {
  scanRun: 'scanRun',
  accountScan: 'accountScan',
  batchedCollect: 'batchedCollect',
  scanSummary: 'scanSummary',
  purge: 'purge',
  organizationEnd: 'organizationEnd',
  view360Load: 'view360Load',
  view360Receive: 'view360Receive',
  view360Pull: 'view360Pull',
} as const;

/** Search attributes of our workflows, all of them keywords. */
export const SEARCH_ATTRIBUTES = {
  organization: 'VedetteOrganisation',
  account: 'VedetteAccount',
  targetKind: 'VedetteTargetKind',
  source: 'VedetteSource',
  outcome: 'VedetteOutcome',
  run: 'VedetteRun',
} as const;

/** The organisation of installations that name none, and of what was begun before workflows named theirs. */
export const DEFAULT_ORGANIZATION = 'default';

/** What one scan is of, and so what tells it from every other one that may be under way. */
export interface ScanIdentity {
  organizationId: string;
  source: string;
  target: Pick<Target, 'kind' | 'name'>;
}

/** An organisation as its search attribute has it: plain enough for every server to find it again. */
export function organizationKeyword(organizationId: string): string {
  return encodeURIComponent(organizationId);
}

/** An id of an organisation's, which cannot be that of another one. */
export function organizationScoped(organizationId: string, id: string): string {
  return organizationId === DEFAULT_ORGANIZATION ? id : `org/${encodeURIComponent(organizationId)}/${id}`;
}

/**
 * One id for each account and source: Temporal itself then refuses a second scan of an account while the
 * first one is under way, and an account's history is one search away.
 */
export function accountScanId({ organizationId, source, target }: ScanIdentity): string {
  const { kind, name } = target;
  if (organizationId === DEFAULT_ORGANIZATION && kind === 'aws-profile') return `scan/${source}/${name}`;
  return ['org', organizationId, 'scan', source, kind, name].map(encodeURIComponent).join('/');
}

/** The folder of a scan's files within its run's; profiles scanned by the first source keep the one they always had. */
export function artifactFolder(scan: ScanIdentity): string {
  const { organizationId, source, target } = scan;
  const { kind, name } = target;
  const first = organizationId === DEFAULT_ORGANIZATION && source === FIRST_SOURCE && kind === 'aws-profile';
  // A profile may be called like one of the others.
  if (first && !name.startsWith('org/')) return name;
  return ['org', organizationId, source, kind, name].map(encodeURIComponent).join('/');
}

/** Where the scan step of a source waits for a worker, so that a heavy source does not hold up the others. */
export function scanQueue(taskQueue: string, source: string): string {
  return `${taskQueue}/${source}`;
}

/** The installation's own, for it outlives what the organisation has. */
export function organizationEndId(organizationId: string): string {
  return `organisation-end/${encodeURIComponent(organizationId)}`;
}

export function scanSummaryId(runId: string): string {
  return `${runId}/summary`;
}

/** @param scanId of the account's scan */
export function batchedCollectId(scanId: string): string {
  return `batches/${scanId}`;
}
