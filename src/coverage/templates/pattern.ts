import { isRead } from '../mapping/event-name.ts';
import type { AwsWatch, GcpWatch } from './declaration.ts';

const SIGN_IN = 'signin.amazonaws.com';
/** Reading events that come whatever the state of a rule. */
const READS_THAT_COME = ['GetFederationToken', 'GetSessionToken'];
/** Events that only come to us-east-1. */
const GLOBAL = /^(?:iam|organizations|route53|route53domains|cloudfront|account|signin)\./;

/** The pattern by which EventBridge meets the events. */
export function eventPatternOf(watches: readonly AwsWatch[]): Record<string, unknown> {
  const signsIn = watches.some(({ source }) => source === SIGN_IN);
  const types = ['AWS API Call via CloudTrail', ...(signsIn ? ['AWS Console Sign In via CloudTrail'] : [])];
  const ways = watches.map(({ source, names, only = {} }) => ({
    eventSource: [source],
    eventName: [...names],
    ...nested(only, (value) => [value]),
  }));
  const sources = new Set(watches.map(({ source }) => `aws.${source.replace('.amazonaws.com', '')}`));
  return {
    source: [...sources],
    'detail-type': types,
    detail: ways.length === 1 ? ways[0] : { $or: ways },
  };
}

/** `{ a: { b: … } }` of `{ 'a.b': … }`. */
function nested(
  flat: Readonly<Record<string, string>>,
  leaf: (value: string) => unknown,
): Record<string, unknown> {
  const whole: Record<string, unknown> = {};
  for (const [path, value] of Object.entries(flat)) {
    const keys = path.split('.');
    const last = keys.pop() as string;
    let place = whole;
    for (const key of keys) {
      const inner = (place[key] ?? {}) as Record<string, unknown>;
      place[key] = inner;
      place = inner;
    }
    place[last] = leaf(value);
  }
  return whole;
}

/** An event that meets the pattern. */
export function sampleEvent({ source, names, only = {} }: AwsWatch): Record<string, unknown> {
  return {
    version: '0',
    id: '00000000-0000-0000-0000-000000000000',
    'detail-type': source === SIGN_IN ? 'AWS Console Sign In via CloudTrail' : 'AWS API Call via CloudTrail',
    source: `aws.${source.replace('.amazonaws.com', '')}`,
    account: '111111111111',
    time: '2026-01-01T00:00:00Z',
    region: 'us-east-1',
    detail: {
      eventSource: source,
      eventName: names[0],
      awsRegion: 'us-east-1',
      sourceIPAddress: '198.51.100.7',
      ...nested(only, (value) => value),
    },
  };
}

/** The state in which a rule gets the events: those that only read need another than ENABLED. */
export function ruleStateOf(
  watches: readonly AwsWatch[],
): 'ENABLED' | 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS' {
  const reads = watches.some(({ names }) =>
    names.some((name) => isRead(name) && !READS_THAT_COME.includes(name)),
  );
  return reads ? 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS' : 'ENABLED';
}

/** Whether any of the events comes to us-east-1 only. */
export function needsGlobalRegion(watches: readonly AwsWatch[]): boolean {
  return watches.some(({ source }) => GLOBAL.test(source));
}

/** The same as a query of CloudWatch Logs Insights on the log group of a trail. */
export function insightsQueryOf(watches: readonly AwsWatch[]): string[] {
  const ways = watches.map(({ source, names, only = {} }) =>
    [
      `eventSource = "${source}"`,
      `eventName in [${names.map((one) => `"${one}"`).join(', ')}]`,
      ...Object.entries(only).map(([path, value]) => `${path} = "${value}"`),
    ].join(' and '),
  );
  return [
    'fields @timestamp, eventSource, eventName, userIdentity.arn, sourceIPAddress, awsRegion',
    ...ways.map((way, index) => `${index === 0 ? '| filter' : '    or'} (${way})`),
    '| sort @timestamp desc',
    '| limit 100',
  ];
}

/** The filter by which Cloud Logging meets the methods; on several lines. */
export function loggingFilterOf(watches: readonly GcpWatch[]): string[] {
  const ways = watches.map(({ service, methods }) => {
    // The console, tools and libraries call Compute Engine by different versions, which its methods begin with.
    const isVersioned = service === 'compute.googleapis.com';
    const names = methods.map((method) => (isVersioned ? method.replace(/^v1\./, '') : method));
    const named = names.map((name) => `"${name}"`).join(' OR ');
    const values = names.length === 1 ? named : `(${named})`;
    return `protoPayload.serviceName="${service}" AND protoPayload.methodName${isVersioned ? ':' : '='}${values}`;
  });
  if (ways.length === 1) return ways;
  return ways.map((way, index) => `${index === 0 ? '' : 'OR '}(${way})`);
}

/** An entry of the log that meets the filter. */
export function sampleEntry({ service, methods }: GcpWatch): Record<string, unknown> {
  return {
    logName: 'projects/example/logs/cloudaudit.googleapis.com%2Factivity',
    protoPayload: { serviceName: service, methodName: methods[0] },
  };
}
