import { VedetteError } from '../../errors.ts';
import type { Observation, ObservedEvent, ObservedFinding, ScanFacts } from '../../model/observation.ts';
import { UnverifiedReason } from '../../model/scope.ts';
import type { Place } from '../../model/scope.ts';
import { eventHash } from '../event-hash.ts';
import { ALL_DETECTORS } from './detectors/all.ts';
import { readLines } from './results.ts';
import type { ResultLine } from './results.ts';

type Head = Extract<ResultLine, { kind: 'head' }>;

const SERVICE = 's3';
const RESOURCE_TYPE = 'AWS::S3::Object';
/** Objects that are named one by one as not seen; more of them hide all objects of the job. */
const MAX_UNSEEN = 1000;

/** An object with matches of a detector is an event. Reads the file twice: the facts depend on its end. */
export async function* interpretObjects(file: string): AsyncGenerator<Observation> {
  const overview = await overviewOf(file);
  yield { kind: 'scan', scan: factsOf(overview) };
  const { head, objects, flagged } = overview;
  for (const detector of head.detectors)
    yield { kind: 'finding', finding: findingOf(detector, flagged.get(detector) ?? 0, objects) };
  for await (const line of readLines(file)) {
    if (line.kind !== 'object') continue;
    for (const [detector, count] of Object.entries(line.matches)) {
      yield { kind: 'event', event: eventOf(head, detector, line.key, count) };
    }
  }
}

interface Overview {
  head: Head;
  objects: number;
  flagged: ReadonlyMap<string, number>;
  unseen: readonly { key: string; reason: string }[];
  unseenCount: number;
}

async function overviewOf(file: string): Promise<Overview> {
  let head: Head | undefined;
  let objects = 0;
  let unseenCount = 0;
  const flagged = new Map<string, number>();
  const unseen: { key: string; reason: string }[] = [];
  for await (const line of readLines(file)) {
    if (line.kind === 'head') head = line;
    else if (line.kind === 'clean') ({ objects } = { objects: objects + line.objects });
    else if (line.kind === 'unseen') {
      unseenCount += 1;
      if (unseen.length < MAX_UNSEEN) unseen.push({ key: line.key, reason: line.reason });
    } else {
      objects += 1;
      for (const detector of Object.keys(line.matches))
        flagged.set(detector, (flagged.get(detector) ?? 0) + 1);
    }
  }
  if (head === undefined) throw new VedetteError('results-invalid', `${file} has no head.`);
  return { head, objects, flagged, unseen, unseenCount };
}

function factsOf({ head, objects, unseen, unseenCount }: Overview): ScanFacts {
  const { bucket, prefix, detectors } = head;
  const below = (resourcePrefix: string): Place => ({
    service: SERVICE,
    resourceType: RESOURCE_TYPE,
    resourcePrefix,
  });
  // Only what these detectors were asked about can be resolved, and only in this part of the bucket.
  const only = detectors.map((detector) => ({
    ...below(`${bucket}/${prefix}`),
    checkId: checkIdOf(detector),
  }));
  const hidden =
    !head.isWhole || unseenCount > MAX_UNSEEN
      ? [
          {
            ...below(`${bucket}/${prefix}`),
            reason: UnverifiedReason.ResourceNotScanned,
            detail: `${unseenCount} objects were not read`,
          },
        ]
      : unseen.map(({ key, reason }) => ({
          service: SERVICE,
          resourceType: RESOURCE_TYPE,
          resourceId: `${bucket}/${key}`,
          reason: UnverifiedReason.ResourceNotScanned,
          detail: reason,
        }));
  return {
    source: head.source,
    accountId: head.accountId,
    scanTime: head.startedAt,
    version: head.version,
    scope: {
      services: [{ service: SERVICE, regions: null, resources: objects + unseenCount, fetchErrors: 0 }],
      requested: { services: [], skippedServices: [], regions: [], excludedRegions: [] },
      only,
      unseen: hidden,
    },
    warnings: unseenCount === 0 ? [] : [`${unseenCount} objects of ${bucket} were not read whole`],
  };
}

function checkIdOf(detector: string): string {
  return `s3-data-${detector.replaceAll('_', '-')}`;
}

function describe(id: string) {
  const detector = ALL_DETECTORS.find((one) => one.id === id);
  return { title: detector?.title ?? id, level: detector?.level ?? 'medium' };
}

function findingOf(detector: string, flaggedItems: number, checkedItems: number): ObservedFinding {
  const { title, level } = describe(detector);
  return {
    service: SERVICE,
    checkId: checkIdOf(detector),
    level,
    sourceLevel: level,
    title: `Objects hold no ${title}`,
    rationale: null,
    remediation:
      'Remove the data or the object, or restrict who can read it; a secret has to be replaced as well.',
    references: [],
    compliance: [],
    flaggedItems,
    checkedItems,
    evaluated: true,
  };
}

function eventOf({ bucket }: Head, detector: string, key: string, matches: number): ObservedEvent {
  const { level } = describe(detector);
  const resourceId = `${bucket}/${key}`;
  const identity = { service: SERVICE, checkId: checkIdOf(detector), resourceId, stablePath: resourceId };
  return {
    ...identity,
    level,
    sourceLevel: level,
    resourceName: key,
    resourceType: RESOURCE_TYPE,
    region: null,
    itemPath: resourceId,
    eventHash: eventHash(identity),
    details: { resourceArn: `arn:aws:s3:::${resourceId}`, detector, matches },
  };
}
