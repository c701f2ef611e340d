import { isRead } from '../../coverage/mapping/event-name.ts';
import type { NamedEvent } from '../../coverage/mapping/event-name.ts';

/** What a selector of a trail asks of one field of an event: any of what selects, and none of what leaves out. */
export interface FieldCondition {
  /** As CloudTrail calls it, e.g. `eventSource`, `resources.ARN`. */
  field: string;
  equals: readonly string[];
  startsWith: readonly string[];
  endsWith: readonly string[];
  notEquals: readonly string[];
  notStartsWith: readonly string[];
  notEndsWith: readonly string[];
}

/** A selector of a trail: it records the events that meet all of its conditions. */
export type EventSelector = readonly FieldCondition[];

/** Whether events are recorded: all of them, those of some resources or people, or none. */
export type Recorded = 'all' | 'some' | 'none';

/** Events that no trail has without data events, by the type of resource that has to be recorded. */
const DATA_EVENTS: readonly (readonly [source: RegExp, name: RegExp, type: string])[] = [
  [
    /^s3\./,
    /^(?:Get|Put|Delete|Head|Copy|Restore|Upload|Select|Complete|Abort|Create)(?:Object|MultipartUpload|Part)|^DeleteObjects$|^ListObjects|^UploadPart/,
    'AWS::S3::Object',
  ],
  [/^lambda\./, /^Invoke/, 'AWS::Lambda::Function'],
  [
    /^dynamodb\./,
    /^(?:GetItem|PutItem|UpdateItem|DeleteItem|BatchGetItem|BatchWriteItem|Query|Scan|Transact|ExecuteStatement)/,
    'AWS::DynamoDB::Table',
  ],
  [/^sns\./, /^Publish/, 'AWS::SNS::Topic'],
  [/^sqs\./, /^(?:SendMessage|ReceiveMessage|DeleteMessage)/, 'AWS::SQS::Queue'],
  [
    /^ebs\./,
    /^(?:GetSnapshotBlock|ListSnapshotBlocks|ListChangedBlocks|PutSnapshotBlock)/,
    'AWS::EC2::Snapshot',
  ],
];

/** The type of resource whose data events an event is among; null of a management event. */
export function dataTypeOf({ source, name }: NamedEvent): string | null {
  return DATA_EVENTS.find(([of, named]) => of.test(source) && named.test(name))?.[2] ?? null;
}

/** Whether some selectors together record an event. */
export function recordedBy(selectors: readonly EventSelector[], event: NamedEvent): Recorded {
  const type = dataTypeOf(event);
  const fields = new Map([
    ['eventCategory', type === null ? 'Management' : 'Data'],
    ['eventSource', event.source],
    ['eventName', event.name],
    ['readOnly', String(isRead(event.name))],
    ...(type === null ? [] : ([['resources.type', type]] as const)),
  ]);
  return best(selectors.map((selector) => worst(selector.map((condition) => meets(condition, fields)))));
}

/** Whether they record what changes things, of whatever service. */
export function recordsChanges(selectors: readonly EventSelector[]): boolean {
  return recordedBy(selectors, { source: '*', name: '*' }) !== 'none';
}

/** The most that any gives. */
export function best(all: readonly Recorded[]): Recorded {
  return ORDER.findLast((one) => all.includes(one)) ?? 'none';
}

function worst(all: readonly Recorded[]): Recorded {
  return ORDER.find((one) => all.includes(one)) ?? 'all';
}

const ORDER = ['none', 'some', 'all'] as const;

/** All resources of a service are named so in selectors: `arn:aws:s3`, `arn:aws:s3:::`, `arn:aws:lambda`. */
const ANY_RESOURCE = /^arn:[\w-]+:[\w-]+:*$/;

function meets(condition: FieldCondition, fields: ReadonlyMap<string, string>): Recorded {
  const { field, equals, startsWith, endsWith, notEquals, notStartsWith, notEndsWith } = condition;
  const selects = equals.length + startsWith.length + endsWith.length > 0;
  if (
    field === 'resources.ARN' &&
    startsWith.some((start) => ANY_RESOURCE.test(start)) &&
    !leavesOut(condition)
  )
    return 'all';
  const value = fields.get(field);
  // Of whom and of what the event will be is not known, nor which of its events a wildcard stands for.
  if (value === undefined || value.includes('*')) return selects || value === undefined ? 'some' : 'all';
  const isLeftOut =
    notEquals.includes(value) ||
    notStartsWith.some((start) => value.startsWith(start)) ||
    notEndsWith.some((end) => value.endsWith(end));
  const isSelected =
    !selects ||
    equals.includes(value) ||
    startsWith.some((start) => value.startsWith(start)) ||
    endsWith.some((end) => value.endsWith(end));
  return isSelected && !isLeftOut ? 'all' : 'none';
}

function leavesOut({ notEquals, notStartsWith, notEndsWith }: FieldCondition): boolean {
  return notEquals.length + notStartsWith.length + notEndsWith.length > 0;
}
