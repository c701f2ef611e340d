import type { AdvancedEventSelector, EventSelector } from '@aws-sdk/client-cloudtrail';
import { describe, expect, it } from '@jest/globals';
import { selectorsOf } from '../../../src/sources/detections/calls/cloudtrail.ts';
import { recordedBy, recordsChanges } from '../../../src/sources/detections/recorded.ts';

const STOP = ['cloudtrail.amazonaws.com', 'StopLogging'] as const;
const LIST = ['iam.amazonaws.com', 'ListUsers'] as const;
const DECRYPT = ['kms.amazonaws.com', 'ScheduleKeyDeletion'] as const;
const GET = ['s3.amazonaws.com', 'GetObject'] as const;
const DELETE = ['s3.amazonaws.com', 'DeleteObject'] as const;
const INVOKE = ['lambda.amazonaws.com', 'Invoke'] as const;

const field = (Field: string, more: object) => ({ Field, ...more });
const MANAGEMENT = field('eventCategory', { Equals: ['Management'] });
const DATA = [
  field('eventCategory', { Equals: ['Data'] }),
  field('resources.type', { Equals: ['AWS::S3::Object'] }),
];

type Case = [
  what: string,
  selectors: (EventSelector | AdvancedEventSelector)[],
  event: readonly [string, string],
  expected: string,
];

const of = (selectors: Case[1]) =>
  selectorsOf(
    selectors.filter((one): one is EventSelector => !('FieldSelectors' in one)),
    selectors.filter((one) => 'FieldSelectors' in one),
  ).selectors;
const advanced = (...FieldSelectors: { Field: string }[]): AdvancedEventSelector => ({ FieldSelectors });

describe('a trail', () => {
  it.each<Case>([
    ['without selectors', [], STOP, 'all'],
    ['without selectors', [], GET, 'none'],
    ['of writing', [{ ReadWriteType: 'WriteOnly' }], STOP, 'all'],
    ['of writing', [{ ReadWriteType: 'WriteOnly' }], LIST, 'none'],
    ['of reading', [{ ReadWriteType: 'ReadOnly' }], STOP, 'none'],
    ['without management events', [{ IncludeManagementEvents: false }], STOP, 'none'],
    ['without keys', [{ ExcludeManagementEventSources: ['kms.amazonaws.com'] }], DECRYPT, 'none'],
    ['without keys', [{ ExcludeManagementEventSources: ['kms.amazonaws.com'] }], STOP, 'all'],
    [
      'that leaves out keys in one of two selectors',
      [{ ExcludeManagementEventSources: ['kms.amazonaws.com'] }, { ReadWriteType: 'WriteOnly' }],
      DECRYPT,
      'all',
    ],
    [
      'of all objects',
      [{ DataResources: [{ Type: 'AWS::S3::Object', Values: ['arn:aws:s3'] }] }],
      GET,
      'all',
    ],
    [
      'of all objects by another name',
      [{ DataResources: [{ Type: 'AWS::S3::Object', Values: ['arn:aws:s3:::'] }] }],
      GET,
      'all',
    ],
    [
      'of one bucket',
      [{ DataResources: [{ Type: 'AWS::S3::Object', Values: ['arn:aws:s3:::books/'] }] }],
      GET,
      'some',
    ],
    [
      'of all objects',
      [{ DataResources: [{ Type: 'AWS::S3::Object', Values: ['arn:aws:s3'] }] }],
      INVOKE,
      'none',
    ],
    ['of no object', [{ DataResources: [{ Type: 'AWS::S3::Object', Values: [] }] }], GET, 'none'],
    [
      'of objects that are written',
      [
        {
          ReadWriteType: 'WriteOnly',
          DataResources: [{ Type: 'AWS::S3::Object', Values: ['arn:aws:s3'] }],
        },
      ],
      GET,
      'none',
    ],
  ])('by basic selectors, %s (%#)', (_, selectors, [source, name], expected) =>
    expect(recordedBy(of(selectors), { source, name })).toBe(expected),
  );

  it.each<Case>([
    ['management events', [advanced(MANAGEMENT)], STOP, 'all'],
    ['management events', [advanced(MANAGEMENT)], GET, 'none'],
    ['data events', [advanced(...DATA)], GET, 'all'],
    ['data events', [advanced(...DATA)], INVOKE, 'none'],
    ['data events', [advanced(...DATA)], STOP, 'none'],
    ['readOnly false', [advanced(...DATA, field('readOnly', { Equals: ['false'] }))], GET, 'none'],
    ['readOnly false', [advanced(...DATA, field('readOnly', { Equals: ['false'] }))], DELETE, 'all'],
    ['eventName', [advanced(...DATA, field('eventName', { Equals: ['DeleteObject'] }))], GET, 'none'],
    ['eventName', [advanced(...DATA, field('eventName', { StartsWith: ['Delete'] }))], DELETE, 'all'],
    ['eventName ends', [advanced(...DATA, field('eventName', { EndsWith: ['Object'] }))], GET, 'all'],
    ['not eventName', [advanced(...DATA, field('eventName', { NotStartsWith: ['Get'] }))], GET, 'none'],
    ['not eventName', [advanced(...DATA, field('eventName', { NotEndsWith: ['Acl'] }))], GET, 'all'],
    [
      'either way of selecting',
      [advanced(...DATA, field('eventName', { Equals: ['PutObject'], StartsWith: ['Get'] }))],
      GET,
      'all',
    ],
    [
      'what selects and leaves out',
      [advanced(...DATA, field('eventName', { StartsWith: ['Get'], NotEquals: ['GetObject'] }))],
      GET,
      'none',
    ],
    [
      'some resources',
      [advanced(...DATA, field('resources.ARN', { StartsWith: ['arn:aws:s3:::books/'] }))],
      GET,
      'some',
    ],
    [
      'all but some resources',
      [advanced(...DATA, field('resources.ARN', { NotStartsWith: ['arn:aws:s3:::logs/'] }))],
      GET,
      'some',
    ],
    ['some people', [advanced(...DATA, field('userIdentity.arn', { NotEquals: ['arn:x'] }))], GET, 'some'],
    [
      'everything but keys',
      [advanced(MANAGEMENT, field('eventSource', { NotEquals: ['kms.amazonaws.com'] }))],
      DECRYPT,
      'none',
    ],
    [
      'one that has it among others that do not',
      [advanced(...DATA), advanced(MANAGEMENT, field('readOnly', { Equals: ['true'] }))],
      LIST,
      'all',
    ],
    ['network events', [advanced(field('eventCategory', { Equals: ['NetworkActivity'] }))], STOP, 'none'],
  ])('by advanced selectors, of %s (%#)', (_, selectors, [source, name], expected) =>
    expect(recordedBy(of(selectors), { source, name })).toBe(expected),
  );

  it('tells of a wildcard that some of its events may be left out', () => {
    const event = { source: 's3.amazonaws.com', name: 'Delete*' };
    const only = field('eventName', { Equals: ['DeleteBucket'] });
    expect(recordedBy(of([advanced(MANAGEMENT, only)]), event)).toBe('some');
    expect(recordedBy(of([advanced(MANAGEMENT)]), event)).toBe('all');
  });

  it.each<[string, Case[1], boolean]>([
    ['all', [], true],
    ['writes', [{ ReadWriteType: 'WriteOnly' }], true],
    ['reads', [{ ReadWriteType: 'ReadOnly' }], false],
    ['data events only', [advanced(...DATA)], false],
    ['all without keys', [{ ExcludeManagementEventSources: ['kms.amazonaws.com'] }], true],
    ['reads by advanced ones', [advanced(MANAGEMENT, field('readOnly', { Equals: ['true'] }))], false],
  ])('of %s records changes: %#', (_, selectors, expected) =>
    expect(recordsChanges(of(selectors))).toBe(expected),
  );
});
