import type { Event } from '../model/event.ts';
import type { ExportedEvent } from './event-columns.ts';
import { onOneLine } from './event-columns.ts';

/** Of the values that AWS accepts, in characters. */
const LONGEST = { id: 512, title: 256, description: 1024, recommendation: 512 } as const;
/** Where findings of what is in no region belong, by partition. */
const GLOBAL_REGIONS = { aws: 'us-east-1', 'aws-cn': 'cn-north-1', 'aws-us-gov': 'us-gov-west-1' } as const;
const SEVERITIES: Readonly<Record<Event['level'], string>> = {
  critical: 'CRITICAL',
  high: 'HIGH',
  medium: 'MEDIUM',
  low: 'LOW',
  info: 'INFORMATIONAL',
};
const STATES = {
  active: { Workflow: { Status: 'NEW' }, RecordState: 'ACTIVE', Compliance: { Status: 'FAILED' } },
  suppressed: { Workflow: { Status: 'SUPPRESSED' }, RecordState: 'ACTIVE', Compliance: { Status: 'FAILED' } },
  resolved: { Workflow: { Status: 'RESOLVED' }, RecordState: 'ARCHIVED', Compliance: { Status: 'PASSED' } },
} as const;

/**
 * An event in the AWS Security Finding Format, as BatchImportFindings of the account and region takes it: the product is
 * the account's own. What has been resolved is archived.
 */
export function asffFinding(event: ExportedEvent) {
  const { accountId, checkId, source, service, resourceId, resourceName, resourceType, region } = event;
  const partition = partitionOf(event);
  const place = region ?? GLOBAL_REGIONS[partition];
  const title = event.finding?.title ?? '';
  const rationale = onOneLine(event.finding?.rationale) ?? '';
  const remediation = onOneLine(event.finding?.remediation) ?? '';
  return {
    SchemaVersion: '2018-10-08',
    Id: cut(`vedette/${event.organizationId}/${event.id}`, LONGEST.id),
    ProductArn: `arn:${partition}:securityhub:${place}:${accountId}:product/${accountId}/default`,
    ProductName: 'vedette',
    CompanyName: 'vedette',
    GeneratorId: cut(`${source}/${checkId}`, LONGEST.id),
    AwsAccountId: accountId,
    Region: place,
    Types: ['Software and Configuration Checks/AWS Security Best Practices'],
    FirstObservedAt: event.firstSeen,
    LastObservedAt: event.lastSeen,
    CreatedAt: event.firstSeen,
    UpdatedAt: event.resolvedAt ?? event.lastSeen,
    Severity: { Label: SEVERITIES[event.level] },
    Title: cut(title.trim() === '' ? checkId : title, LONGEST.title),
    Description: cut(
      rationale.trim() === '' ? `${checkId}: ${resourceName ?? resourceId}` : rationale,
      LONGEST.description,
    ),
    ...(remediation.trim() === ''
      ? {}
      : { Remediation: { Recommendation: { Text: cut(remediation, LONGEST.recommendation) } } }),
    ProductFields: {
      'vedette/service': service,
      'vedette/source': source,
      'vedette/resourceType': resourceType,
    },
    Resources: [
      {
        // The names of types that AWS itself has; it takes any other resource as this.
        Type: /^Aws[A-Z]\w+$/.test(resourceType) ? resourceType : 'Other',
        Id: cut(resourceId, LONGEST.id),
        Partition: partition,
        Region: place,
      },
    ],
    ...STATES[event.status],
  };
}

function partitionOf({ region, resourceId }: Event): keyof typeof GLOBAL_REGIONS {
  const [, told] = /^arn:(aws(?:-cn|-us-gov)?):/.exec(resourceId) ?? [];
  if (told !== undefined) return told as keyof typeof GLOBAL_REGIONS;
  if (region?.startsWith('cn-') === true) return 'aws-cn';
  return region?.startsWith('us-gov-') === true ? 'aws-us-gov' : 'aws';
}

/** Whole characters only. */
function cut(text: string, longest: number): string {
  if (text.length <= longest) return text;
  const end =
    text.isWellFormed() && /[\uD800-\uDBFF]/.test(text[longest - 2] ?? '') ? longest - 2 : longest - 1;
  return `${text.slice(0, end)}…`;
}
