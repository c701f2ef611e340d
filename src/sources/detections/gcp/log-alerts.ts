import { auditedServiceOf, dataAccessLogsOf } from '../../../coverage/mapping/data-access.ts';
import type { NamedEvent } from '../../../coverage/mapping/event-name.ts';
import { mapWatched } from '../../../coverage/mapping/native.ts';
import { parseLoggingQuery } from '../../../coverage/patterns/logging-query.ts';
import { watchedByQuery } from '../../../coverage/patterns/watched.ts';
import { VedetteError } from '../../../errors.ts';
import type { Detection, HealthReason } from '../../../model/coverage.ts';
import { broken, healthOf, notAllowed, warning } from '../reasons.ts';
import type { GoogleItemOf } from './calls.ts';
import { isSwitchedOn } from './data-access.ts';
import type { Project } from './project.ts';

type Metric = GoogleItemOf<'logging:ListLogMetrics'>;
type Policy = GoogleItemOf<'monitoring:ListAlertPolicies'>;

/** How conditions name metrics of the log: in filters and MQL, and in PromQL. */
const METRICS = /logging\.googleapis\.com\/user\/([\w.%/-]+)|logging_googleapis_com:user_(\w+)/g;

/** Alert policies that watch the log, by themselves or over a metric; and metrics of the log that nobody looks at. */
export function logAlertDetections(project: Project): Detection[] {
  const policies = project.list('monitoring:ListAlertPolicies');
  const metrics = project.list('logging:ListLogMetrics');
  const found = (policies ?? []).flatMap((policy) => ofPolicy(project, policy, metrics) ?? []);
  const used = new Set((policies ?? []).flatMap((policy) => metricsOf(policy, metrics ?? [])));
  const alone = (metrics ?? []).filter((metric) => !used.has(metric));
  return [...found, ...alone.flatMap((metric) => ofMetric(project, metric, policies !== null) ?? [])];
}

function ofPolicy(project: Project, policy: Policy, metrics: readonly Metric[] | null): Detection | null {
  const named = metricsOf(policy, metrics ?? []);
  const filters = [
    ...policy.conditions.filter(({ watches }) => watches === 'log').map(({ text }) => text),
    ...named.map(({ filter }) => filter),
  ];
  const reasons = [
    ...reasonsOfPolicy(project, policy),
    ...named.flatMap((one) => reasonsOfMetric(project, one)),
  ];
  const missing = missingMetrics(policy, metrics);
  if (filters.length === 0) {
    const [first] = missing;
    // A policy on other metrics alone looks at how things run.
    if (first === undefined) return null;
    reasons.push(
      metrics === null
        ? notAllowed('logging:ListLogMetrics')
        : broken('metric-gone', `logging:ListLogMetrics: no ${first}`),
    );
    return { ...sharedOf(policy), ...judged(reasons), targetServices: [], techniques: [] };
  }
  return detectionOf(project, policy, filters, reasons);
}

/** A metric that counts what an attack leaves in the log, and that no policy looks at. */
function ofMetric(project: Project, metric: Metric, policiesSeen: boolean): Detection | null {
  const reasons = reasonsOfMetric(project, metric);
  reasons.push(
    policiesSeen
      ? broken('no-alert-policy', 'monitoring:ListAlertPolicies: none on the metric')
      : notAllowed('monitoring:ListAlertPolicies'),
  );
  return detectionOf(project, metric, [metric.filter], reasons);
}

/** Null where the filters look for no call that anybody makes, such as errors of an application. */
function detectionOf(
  project: Project,
  { id, name }: { id: string; name: string },
  filters: readonly string[],
  reasons: HealthReason[],
): Detection | null {
  let events: NamedEvent[] = [];
  try {
    events = filters.flatMap((filter) => watchedByQuery(parseLoggingQuery(filter)).events);
  } catch (error) {
    if (!(error instanceof VedetteError)) throw error;
    if (!filters.some(isOfAudit)) return null;
    reasons.push(broken('pattern-unreadable', `logging: ${error.message}`));
    return { ...sharedOf({ id, name }), ...judged(reasons), targetServices: [], techniques: [] };
  }
  const mapped = mapWatched('gcp', { events, findings: [], needsTrail: false });
  if (mapped.techniques.length === 0 && !filters.some(isOfAudit)) return null;
  const { seen, hidden } = seenOf(project, events);
  reasons.push(...hidden);
  return {
    ...sharedOf({ id, name }),
    ...judged(reasons),
    // What is broken is still shown with what it would see.
    ...(seen.length === 0 ? mapped : mapWatched('gcp', { events: seen, findings: [], needsTrail: false })),
  };
}

function sharedOf({ id, name }: { id: string; name: string }) {
  return { id, kind: 'gcp-log-alert', name, region: null, isPosture: false, sees: null } as const;
}

function judged(reasons: readonly HealthReason[]) {
  return { health: healthOf(reasons), reasons } as const;
}

function isOfAudit(filter: string): boolean {
  return /cloudaudit\.googleapis\.com|protoPayload/i.test(filter);
}

/** Which of the events the log has, and what is to be said of the others. */
function seenOf(
  project: Project,
  events: readonly NamedEvent[],
): { seen: NamedEvent[]; hidden: HealthReason[] } {
  const states = events.map((event) => ({ event, state: stateOf(project, event) }));
  const off = states.filter(({ state }) => state === 'off');
  const dark = states.filter(({ state }) => state === 'unknown');
  const seen = states.filter(({ state }) => state === 'on').map(({ event }) => event);
  const [first] = off;
  if (seen.length === 0 && dark.length > 0) {
    return {
      seen: dark.map(({ event }) => event),
      hidden: [notAllowed('cloudresourcemanager:GetIamPolicy')],
    };
  }
  if (first === undefined) return { seen, hidden: [] };
  const fact = `cloudresourcemanager:GetIamPolicy: no auditConfigs for ${first.event.name}`;
  if (seen.length === 0) return { seen, hidden: [broken('data-access-off', fact)] };
  const hidden = warning(
    'some-data-access-off',
    `Nobody records ${first.event.name}.`,
    'Switch on the Data Access logs of the service.',
    fact,
  );
  return { seen, hidden: [hidden] };
}

function stateOf(project: Project, event: NamedEvent): 'on' | 'off' | 'unknown' {
  const logs = dataAccessLogsOf(event);
  if (logs.length === 0) return 'on';
  return isSwitchedOn(project, auditedServiceOf(event), logs);
}

function reasonsOfPolicy(project: Project, policy: Policy): HealthReason[] {
  const reasons: HealthReason[] = [];
  const where = 'monitoring:ListAlertPolicies';
  if (!policy.enabled) reasons.push(broken('policy-disabled', `${where}: enabled false`));
  if (policy.channels.length === 0) {
    reasons.push(broken('no-channel', `${where}: notificationChannels []`));
  } else reasons.push(...reasonsOfChannels(project, policy.channels));
  const snoozes = project.list('monitoring:ListSnoozes');
  const at = project.head.startedAt;
  const snoozed = snoozes?.find(
    ({ policies, from, to }) =>
      policies.includes(policy.id) && isBefore(from, at) && (to === '' || isBefore(at, to)),
  );
  if (snoozes === null) reasons.push(notAllowed('monitoring:ListSnoozes'));
  else if (snoozed !== undefined) {
    reasons.push(broken('policy-snoozed', `monitoring:ListSnoozes: ${snoozed.id} until ${snoozed.to}`));
  }
  return reasons;
}

function isBefore(one: string, other: string): boolean {
  return Date.parse(one) <= Date.parse(other);
}

/** One channel that works is enough. */
function reasonsOfChannels(project: Project, ids: readonly string[]): HealthReason[] {
  const channels = project.list('monitoring:ListNotificationChannels');
  if (channels === null) return [notAllowed('monitoring:ListNotificationChannels')];
  const own = channels.filter(({ id }) => ids.includes(id));
  if (own.some(({ enabled, verified }) => enabled && verified)) return [];
  const where = 'monitoring:ListNotificationChannels';
  const [first] = own;
  if (first === undefined) return [broken('channel-gone', `${where}: no ${ids[0]}`)];
  return first.enabled
    ? [broken('channel-unverified', `${where}: ${first.id} verificationStatus UNVERIFIED`)]
    : [broken('channel-disabled', `${where}: ${first.id} enabled false`)];
}

function reasonsOfMetric(project: Project, { disabled, bucket }: Metric): HealthReason[] {
  const where = 'logging:ListLogMetrics';
  if (disabled) return [broken('metric-disabled', `${where}: disabled true`)];
  if (bucket === null) return [];
  const sinks = project.list('logging:ListSinks');
  if (sinks === null) return [notAllowed('logging:ListSinks')];
  const fed = sinks.some((sink) => !sink.disabled && sink.destination.endsWith(bucket));
  return fed ? [] : [broken('bucket-unfed', `logging:ListSinks: none to ${bucket}`)];
}

/** The metrics of the log that the conditions of a policy name. */
function metricsOf(policy: Policy, metrics: readonly Metric[]): Metric[] {
  const names = namedMetrics(policy);
  return metrics.filter(({ name }) => names.has(name) || names.has(plain(name)));
}

function missingMetrics(policy: Policy, metrics: readonly Metric[] | null): string[] {
  const known = new Set((metrics ?? []).flatMap(({ name }) => [name, plain(name)]));
  return [...namedMetrics(policy)].filter((name) => !known.has(name));
}

function namedMetrics({ conditions }: Policy): Set<string> {
  const texts = conditions.filter(({ watches }) => watches === 'metric').map(({ text }) => text);
  return new Set(
    texts.flatMap((text) =>
      [...text.matchAll(METRICS)].map(([, name, ofPromQl]) => decoded(name ?? ofPromQl ?? '')),
    ),
  );
}

/** As PromQL writes the name of a metric. */
function plain(name: string): string {
  return name.replaceAll(/\W/g, '_');
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
