import type { Event, NamedEvent } from '../model/event.ts';
import { LEVELS } from '../model/level.ts';
import { packageVersion } from '../package-root.ts';

const OCSF_VERSION = '1.3.0';
const FINDINGS = { category_uid: 2, category_name: 'Findings' } as const;
const COMPLIANCE_FINDING = { class_uid: 2003, class_name: 'Compliance Finding' } as const;
/** OCSF counts upwards: 1 informational to 5 critical. */
const SEVERITIES: Readonly<Record<Event['level'], string>> = {
  critical: 'Critical',
  high: 'High',
  medium: 'Medium',
  low: 'Low',
  info: 'Informational',
};
const ACTIVITIES = { 1: 'Create', 2: 'Update', 3: 'Close' } as const;
const STATES = {
  active: { status_id: 1, status: 'New' },
  suppressed: { status_id: 3, status: 'Suppressed' },
  resolved: { status_id: 4, status: 'Resolved' },
} as const;
const PASSED = { status_id: 1, status: 'Pass' } as const;
const FAILED = { status_id: 3, status: 'Fail' } as const;
const product = { name: 'vedette', vendor_name: 'vedette', version: packageVersion() } as const;

/** An event as a Compliance Finding of the Open Cybersecurity Schema Framework; times are milliseconds since 1970. */
export function ocsfFinding(event: NamedEvent) {
  const { checkId, resourceId, resourceName } = event;
  return {
    ...classOf(activityOf(event)),
    time: milliseconds(event.resolvedAt ?? event.lastSeen),
    ...severityOf(event.level),
    ...STATES[event.status],
    message: `${checkId}: ${resourceName ?? resourceId}`,
    metadata: metadataOf(String(event.id)),
    cloud: cloudOf(event),
    finding_info: {
      uid: `${event.organizationId}/${event.id}`,
      title: checkId,
      analytic: analyticOf(checkId),
      data_sources: [event.source],
      created_time: milliseconds(event.firstSeen),
      first_seen_time: milliseconds(event.firstSeen),
      last_seen_time: milliseconds(event.lastSeen),
      types: [event.service],
    },
    compliance: {
      control: checkId,
      standards: [event.source],
      ...(event.status === 'resolved' ? PASSED : FAILED),
    },
    resources: [resourceOf(event)],
  };
}

/** What a check has said of a resource, or, where the resources themselves are not known, of a whole region or account. */
export interface JudgedResource {
  source: string;
  checkId: string;
  title: string;
  level: Event['level'];
  service: string;
  verdict: 'pass' | 'fail' | 'unknown';
  /** Of an unknown one. */
  reason: string | null;
  accountId: string;
  region: string | null;
  resourceId: string | null;
  resourceName: string | null;
  resourceType: string;
  /** Tells several outcomes of one resource apart. */
  subKey: string;
  /** When it was looked at; ISO 8601. */
  seenAt: string;
}

const JUDGED = {
  pass: { status_id: 4, status: 'Resolved' },
  fail: { status_id: 1, status: 'New' },
  unknown: { status_id: 0, status: 'Unknown' },
} as const;
const SAID = { pass: PASSED, fail: FAILED, unknown: { status_id: 0, status: 'Unknown' } } as const;

/** A verdict as a Compliance Finding. It has the same `uid` in every scan. */
export function ocsfVerdict(judged: JudgedResource) {
  const { source, checkId, title, level, service, verdict, reason, accountId, region } = judged;
  const { resourceId, resourceName, resourceType, subKey } = judged;
  const time = milliseconds(judged.seenAt);
  const uid = [source, accountId, region ?? '', checkId, resourceId ?? '', subKey].join('/');
  return {
    ...classOf(1),
    time,
    ...severityOf(level),
    ...JUDGED[verdict],
    ...(reason === null ? {} : { status_detail: reason }),
    message: `${checkId}: ${resourceName ?? resourceId ?? region ?? accountId}`,
    metadata: metadataOf(uid),
    cloud: cloudOf({ accountId, accountName: null, region }),
    finding_info: {
      uid,
      title,
      analytic: analyticOf(checkId),
      data_sources: [source],
      created_time: time,
      last_seen_time: time,
      types: [service],
    },
    compliance: { control: checkId, standards: [source], ...SAID[verdict] },
    resources:
      resourceId === null ? [] : [resourceOf({ resourceId, resourceName, resourceType, service, region })],
  };
}

function classOf(activity: keyof typeof ACTIVITIES) {
  return {
    ...FINDINGS,
    ...COMPLIANCE_FINDING,
    activity_id: activity,
    activity_name: ACTIVITIES[activity],
    type_uid: COMPLIANCE_FINDING.class_uid * 100 + activity,
    type_name: `${COMPLIANCE_FINDING.class_name}: ${ACTIVITIES[activity]}`,
  };
}

function severityOf(level: Event['level']) {
  return { severity_id: LEVELS.length - LEVELS.indexOf(level), severity: SEVERITIES[level] };
}

function metadataOf(uid: string) {
  return { version: OCSF_VERSION, profiles: ['cloud'], product, uid };
}

function analyticOf(checkId: string) {
  return { uid: checkId, name: checkId, type: 'Rule', type_id: 1 };
}

function placeOf(region: string | null) {
  return region === null ? {} : { region };
}

function cloudOf({
  accountId,
  accountName,
  region,
}: Pick<NamedEvent, 'accountId' | 'accountName' | 'region'>) {
  const name = accountName === null ? {} : { name: accountName };
  return {
    provider: 'AWS',
    account: { uid: accountId, ...name, type: 'AWS Account', type_id: 10 },
    ...placeOf(region),
  };
}

function resourceOf({
  resourceId,
  resourceName,
  resourceType,
  service,
  region,
}: Pick<Event, 'resourceId' | 'resourceName' | 'resourceType' | 'service' | 'region'>) {
  return {
    uid: resourceId,
    ...(resourceName === null ? {} : { name: resourceName }),
    type: resourceType,
    group: { name: service },
    ...placeOf(region),
  };
}

/** The last thing that happened: it came to be, it was seen again, or it went. */
function activityOf({ status, firstSeen, lastSeen }: Event): keyof typeof ACTIVITIES {
  if (status === 'resolved') return 3;
  return firstSeen === lastSeen ? 1 : 2;
}

function milliseconds(time: string): number {
  return Date.parse(time);
}
