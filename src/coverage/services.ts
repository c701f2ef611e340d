import { coverageData } from './data.ts';
import type { Provider } from './data.ts';
import { awsEventSource, gcpKey } from './mapping/event-name.ts';
import type { NamedEvent } from './mapping/event-name.ts';

/** The ten services whose data every account is judged by. */
export const CORE_SERVICES = [
  'S3',
  'EBS',
  'EFS',
  'RDS',
  'DynamoDB',
  'Redshift',
  'ElastiCache',
  'SecretsManager',
  'CloudWatchLogs',
  'ECR',
] as const;

/** Services that are in use in every account. */
export function servicesAlwaysInUse(provider: Provider): string[] {
  const { [provider]: all } = coverageData('services');
  return all.filter(({ always }) => always === true).map(({ service }) => service);
}

/** The services of Google Cloud that have assets, with the types that show them. */
export function assetTypesByService(): { service: string; types: readonly string[] }[] {
  return coverageData('services').gcp.flatMap(({ service, asset_types: types }) =>
    types.length === 0 ? [] : [{ service, types }],
  );
}

/** All services of a provider that coverage knows. */
export function knownServices(provider: Provider): string[] {
  return coverageData('services')[provider].map(({ service }) => service);
}

/** The service that an event is about; null where it is none that is known. */
export function serviceOfEvent(provider: Provider, { source, name }: NamedEvent): string | null {
  const { aws, gcp, ec2_event_names: ec2Names } = coverageData('services');
  if (provider === 'gcp') {
    const key = gcpKey(name);
    const audited = key.startsWith('k8s:') ? 'k8s.io' : source.toLowerCase();
    const candidates = gcp.filter(({ audit_services: services }) => services.includes(audited));
    const collection = key.split('.').at(-2) ?? '';
    const narrow = candidates.find(({ only_collections: only }) =>
      only?.[audited]?.some((one) => one.toLowerCase() === collection),
    );
    return (narrow ?? candidates.find(({ only_collections: only }) => only === undefined))?.service ?? null;
  }
  const eventSource = awsEventSource(source);
  if (eventSource === 'ec2.amazonaws.com') {
    return ec2Names.find(({ match }) => new RegExp(match).test(name))?.service ?? 'EC2';
  }
  return aws.find(({ event_sources: sources }) => sources.includes(eventSource))?.service ?? null;
}

/** The service of a type of resources, e.g. EBS of `AWS::EC2::Volume`, CloudStorage of `storage.googleapis.com/Bucket`. */
export function serviceOfResourceType(provider: Provider, type: string): string | null {
  const { aws, gcp } = coverageData('services');
  if (provider === 'gcp') return gcp.find((one) => one.asset_types.includes(type))?.service ?? null;
  return longest(
    aws.map(({ service, resource_types: prefixes }) => ({ service, prefixes })),
    type,
  );
}

/** The service that writes a log group, by its name. */
export function serviceOfLogGroup(group: string): string | null {
  return longest(
    coverageData('services').aws.map(({ service, log_groups: prefixes }) => ({ service, prefixes })),
    group,
  );
}

function longest(
  all: readonly { service: string; prefixes: readonly string[] }[],
  text: string,
): string | null {
  let best: { service: string; length: number } | null = null;
  for (const { service, prefixes } of all) {
    for (const prefix of prefixes) {
      if (text.startsWith(prefix) && prefix.length > (best?.length ?? 0)) {
        best = { service, length: prefix.length };
      }
    }
  }
  return best?.service ?? null;
}

/** The services that events are about, each once, sorted. */
export function servicesOfEvents(provider: Provider, events: readonly NamedEvent[]): string[] {
  const services = events.map((event) => serviceOfEvent(provider, event)).filter((one) => one !== null);
  return [...new Set(services)].toSorted();
}
