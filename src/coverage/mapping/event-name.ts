import type { Provider } from '../data.ts';
import { coverageData } from '../data.ts';

/** An event as rules name it; `name` may end in or hold `*`, and an empty source means any. */
export interface NamedEvent {
  source: string;
  name: string;
}

/** `CreateFunction20150331v2` is written by CloudTrail, `CreateFunction` by everybody else. */
const DATED = /(?<=[a-z])\d{4}_?\d{2}_?\d{2}(?:v\d+)?$/;

/** The stem of an AWS event name: without the date that some services add, and without wildcards at its end. */
export function awsStem(name: string): string {
  return name.trim().replace(/\*+$/, '').replace(DATED, '');
}

/** `aws.s3` and `s3` are `s3.amazonaws.com` in the log. */
export function awsEventSource(source: string): string {
  const plain = source.trim().toLowerCase();
  if (plain === '' || plain.includes('*') || plain.endsWith('.amazonaws.com'))
    return plain.replaceAll('*', '');
  const { eventbridge_sources } = coverageData('services');
  const special = eventbridge_sources.find((one) => one.source === plain)?.event_source;
  if (special !== undefined) return special;
  return `${plain.replace(/^aws\./, '')}.amazonaws.com`;
}

const VERSION = /^(?:v[\d*]+(?:(?:alpha|beta)\d*)?|alpha|beta|ga|\*)$/;

/**
 * The key of a method of Google Cloud: the same for `v1.compute.firewalls.insert`, `beta.compute.firewalls.insert` and
 * `*compute.firewalls.insert`; `k8s:pods/exec:create` of `io.k8s.core.v1.pods.exec.create`.
 */
export function gcpKey(method: string): string {
  const plain = method.trim().toLowerCase();
  const kubernetes = /^io\.k8s\.(?:.*\.)?v\d+[a-z0-9]*\.([a-z0-9.*]+)$/.exec(plain);
  if (kubernetes?.[1] !== undefined) {
    const parts = kubernetes[1].split('.');
    const verb = parts.pop() as string;
    return `k8s:${parts.join('/')}:${verb}`;
  }
  return plain
    .replace(/^\*(?=[a-z])/, '')
    .split('.')
    .filter((part, index) => !VERSION.test(part) && !(index === 0 && part === 'google'))
    .filter((part, index) => !(index === 0 && ['cloud', 'api', 'devtools'].includes(part)))
    .map((part) => part.replace(/(?<=service|server)v\d+$/, '').replace(/^\*+|\*+$/g, ''))
    .filter((part) => part !== '')
    .join('.');
}

const WORDS = /[A-Z]+(?![a-z])|[A-Z][a-z]+|[a-z]+|\d+/g;

/** `put`, `bucket`, `policy` of `PutBucketPolicy`. */
export function wordsOf(name: string): string[] {
  return (name.match(WORDS) ?? []).map((word) => word.toLowerCase().replace(/(?<=[a-z]{3})s$/, ''));
}

/** Whether an event only reads, as CloudTrail's `readOnly` says. */
export function isRead(name: string): boolean {
  return /^(?:Describe|Get|List|Head|Lookup|Search|BatchGet|Scan|Query|Select|View|Check|Simulate|Generate(?:Credential|Service|Organizations)|get|list|aggregatedList)/.test(
    name,
  );
}

/** Every operation of AWS, by event source. */
export function operationsOf(source: string): readonly string[] {
  const known = operations.get(source);
  if (known !== undefined) return known;
  const names = (coverageData('aws-operations').operations[source] ?? '').split(' ').filter(Boolean);
  operations.set(source, names);
  return names;
}

const operations = new Map<string, readonly string[]>();

/** A pattern in which `*` stands for anything. */
export function wildcard(pattern: string, flags = ''): RegExp {
  const parts = pattern.split('*').map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`, flags);
}

/** What a name with wildcards stands for, as far as it is known; at most `limit`. */
export function expanded(provider: Provider, event: NamedEvent, limit = 400): NamedEvent[] {
  if (provider === 'gcp' || !/[*?]/.test(event.name.replace(/\*+$/, '*'))) return [event];
  const source = awsEventSource(event.source);
  const matching = wildcard(event.name.replaceAll('?', '*'));
  const sources = source === '' ? Object.keys(coverageData('aws-operations').operations) : [source];
  const found = sources.flatMap((one) =>
    operationsOf(one)
      .filter((name) => matching.test(name))
      .map((name) => ({ source: one, name })),
  );
  return found.length === 0 ? [event] : found.slice(0, limit);
}
