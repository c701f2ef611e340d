import { VedetteError } from '../../../src/errors.ts';
import type {
  Observation,
  ObservedEvent,
  ObservedFinding,
  ScanFacts,
} from '../../../src/model/observation.ts';
import { UnverifiedReason } from '../../../src/model/scope.ts';
import type { Place } from '../../../src/model/scope.ts';
import { eventHash } from '../../../src/sources/event-hash.ts';
import { readLines } from './results.ts';
import type { ResultLine } from './results.ts';

type Head = Extract<ResultLine, { kind: 'head' }>;

const SERVICE = 's3';
const PUBLIC = { checkId: 'tiny-bucket-public', level: 'high', title: 'A bucket is public' } as const;
const PRIVATE_KEY = { checkId: 'tiny-private-key', level: 'critical', title: 'A private key' } as const;
const RESOURCE_TYPES = { [PUBLIC.checkId]: 'bucket', [PRIVATE_KEY.checkId]: 'object' } as const;

/** Reads the file twice: the facts, which come first, depend on its last line. */
export async function* interpretTiny(file: string): AsyncGenerator<Observation> {
  const { head, read, unseen, found } = await overview(file);
  yield { kind: 'scan', scan: factsOf(head, unseen) };
  const open = head.buckets.filter((bucket) => bucket.public);
  yield { kind: 'finding', finding: findingOf(PUBLIC, open.length, head.buckets.length) };
  yield { kind: 'finding', finding: findingOf(PRIVATE_KEY, found, read) };
  for (const { name, region } of open) yield { kind: 'event', event: eventOf(PUBLIC, name, region) };
  const regions = new Map(head.buckets.map(({ name, region }) => [name, region]));
  for await (const line of readLines(file)) {
    if (line.kind !== 'objects') continue;
    const region = regions.get(line.bucket) ?? null;
    for (const key of line.found) {
      yield { kind: 'event', event: eventOf(PRIVATE_KEY, `${line.bucket}/${key}`, region) };
    }
  }
}

interface Overview {
  head: Head;
  read: number;
  found: number;
  /** By bucket, what hid its objects. */
  unseen: ReadonlyMap<string, string>;
}

async function overview(file: string): Promise<Overview> {
  let head: Head | undefined;
  let read = 0;
  let found = 0;
  const unseen = new Map<string, string>();
  for await (const line of readLines(file)) {
    if (line.kind === 'head') head = line;
    if (line.kind === 'unseen') unseen.set(line.bucket, line.reason);
    if (line.kind !== 'objects') continue;
    read += line.read;
    found += line.found.length;
  }
  if (head === undefined) throw new VedetteError('results-invalid', `${file} has no head.`);
  return { head, read, found, unseen };
}

function factsOf(head: Head, unseen: Overview['unseen']): ScanFacts {
  const regions = [...new Set(head.buckets.map(({ region }) => region))];
  return {
    source: 'tiny',
    accountId: head.accountId,
    scanTime: head.startedAt,
    version: '1.0',
    scope: {
      services: [{ service: SERVICE, regions, resources: head.buckets.length, fetchErrors: unseen.size }],
      requested: { services: [], skippedServices: [], regions: [], excludedRegions: [] },
      ...(head.prefix === '' ? {} : { only: [{ resourceType: 'bucket' }, objectsBelow(head.prefix)] }),
      unseen: [...unseen].map(([bucket, detail]) => ({
        ...objectsBelow(`${bucket}/`),
        reason: UnverifiedReason.FetchError,
        detail,
      })),
    },
    warnings: [...unseen.values()],
  };
}

function objectsBelow(resourcePrefix: string): Place {
  return { service: SERVICE, checkId: PRIVATE_KEY.checkId, resourcePrefix };
}

type Check = typeof PUBLIC | typeof PRIVATE_KEY;

function findingOf(
  { checkId, level, title }: Check,
  flaggedItems: number,
  checkedItems: number,
): ObservedFinding {
  return {
    service: SERVICE,
    checkId,
    level,
    sourceLevel: level,
    title,
    rationale: null,
    remediation: null,
    references: [],
    compliance: [],
    flaggedItems,
    checkedItems,
    evaluated: true,
  };
}

function eventOf({ checkId, level }: Check, resourceId: string, region: string | null): ObservedEvent {
  const identity = { service: SERVICE, checkId, resourceId, stablePath: resourceId };
  return {
    ...identity,
    level,
    sourceLevel: level,
    resourceName: null,
    resourceType: RESOURCE_TYPES[checkId],
    region,
    itemPath: resourceId,
    eventHash: eventHash(identity),
    details: {},
  };
}
