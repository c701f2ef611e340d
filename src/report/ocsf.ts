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
  const activity = activityOf(event);
  const { region, accountId, accountName, checkId, resourceId, resourceName, resourceType } = event;
  const place = region === null ? {} : { region };
  return {
    ...FINDINGS,
    ...COMPLIANCE_FINDING,
    activity_id: activity,
    activity_name: ACTIVITIES[activity],
    type_uid: COMPLIANCE_FINDING.class_uid * 100 + activity,
    type_name: `${COMPLIANCE_FINDING.class_name}: ${ACTIVITIES[activity]}`,
    time: milliseconds(event.resolvedAt ?? event.lastSeen),
    severity_id: LEVELS.length - LEVELS.indexOf(event.level),
    severity: SEVERITIES[event.level],
    ...STATES[event.status],
    message: `${checkId}: ${resourceName ?? resourceId}`,
    metadata: { version: OCSF_VERSION, profiles: ['cloud'], product, uid: String(event.id) },
    cloud: {
      provider: 'AWS',
      account: {
        uid: accountId,
        ...(accountName === null ? {} : { name: accountName }),
        type: 'AWS Account',
        type_id: 10,
      },
      ...place,
    },
    finding_info: {
      uid: `${event.organizationId}/${event.id}`,
      title: checkId,
      analytic: { uid: checkId, name: checkId, type: 'Rule', type_id: 1 },
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
    resources: [
      {
        uid: resourceId,
        ...(resourceName === null ? {} : { name: resourceName }),
        type: resourceType,
        group: { name: event.service },
        ...place,
      },
    ],
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
