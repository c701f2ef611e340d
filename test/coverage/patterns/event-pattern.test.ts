import { describe, expect, it } from '@jest/globals';
import { matchesPattern, parseEventPattern } from '../../../src/coverage/patterns/event-pattern.ts';
import { watchedByPattern } from '../../../src/coverage/patterns/watched.ts';

const event = {
  source: 'aws.s3',
  'detail-type': 'AWS API Call via CloudTrail',
  detail: {
    eventSource: 's3.amazonaws.com',
    eventName: 'DeleteBucket',
    sourceIPAddress: '10.1.2.3',
    size: 42,
    list: ['a', 'b'],
    empty: null,
    nested: { deep: 'Value' },
  },
};

describe('what a pattern meets', () => {
  it.each([
    ['an equal value', { source: ['aws.s3'] }, true],
    ['another value', { source: ['aws.iam'] }, false],
    ['one of a list', { detail: { eventName: ['PutBucketAcl', 'DeleteBucket'] } }, true],
    ['all fields', { source: ['aws.s3'], detail: { eventName: ['PutBucketAcl'] } }, false],
    ['an element of an array', { detail: { list: ['b'] } }, true],
    ['null', { detail: { empty: [null] } }, true],
    ['prefix', { detail: { eventName: [{ prefix: 'Delete' }] } }, true],
    [
      'prefix without case',
      { detail: { eventName: [{ prefix: { 'equals-ignore-case': 'delETE' } }] } },
      true,
    ],
    ['suffix', { detail: { eventName: [{ suffix: 'Bucket' }] } }, true],
    ['another suffix', { detail: { eventName: [{ suffix: 'Object' }] } }, false],
    ['anything-but', { detail: { eventName: [{ 'anything-but': ['DeleteBucket'] }] } }, false],
    ['anything-but of what is not there', { detail: { none: [{ 'anything-but': 'x' }] } }, false],
    ['anything-but a prefix', { detail: { eventName: [{ 'anything-but': { prefix: 'Put' } }] } }, true],
    [
      'anything-but wildcards',
      { detail: { eventName: [{ 'anything-but': { wildcard: ['*Bucket'] } }] } },
      false,
    ],
    ['equals-ignore-case', { detail: { eventName: [{ 'equals-ignore-case': 'deletebucket' }] } }, true],
    ['wildcard', { detail: { eventName: [{ wildcard: 'D*B*t' }] } }, true],
    ['an escaped star', { detail: { eventName: [{ wildcard: 'Delete\\*' }] } }, false],
    ['numeric within', { detail: { size: [{ numeric: ['>', 40, '<=', 42] }] } }, true],
    ['numeric outside', { detail: { size: [{ numeric: ['<', 42] }] } }, false],
    ['numeric on text', { detail: { eventName: [{ numeric: ['>', 0] }] } }, false],
    ['cidr', { detail: { sourceIPAddress: [{ cidr: '10.0.0.0/8' }] } }, true],
    ['another block', { detail: { sourceIPAddress: [{ cidr: '192.168.0.0/16' }] } }, false],
    ['exists', { detail: { size: [{ exists: true }] } }, true],
    ['does not exist', { detail: { none: [{ exists: false }] } }, true],
    ['an object does not exist', { detail: { nested: [{ exists: true }] } }, false],
    ['$or', { $or: [{ source: ['aws.iam'] }, { detail: { eventName: ['DeleteBucket'] } }] }, true],
    ['$or of nothing', { $or: [{ source: ['aws.iam'] }, { source: ['aws.ec2'] }] }, false],
    ['$or within', { detail: { $or: [{ size: [1] }, { eventName: [{ prefix: 'Del' }] }] } }, true],
  ])('%s', (_what, pattern, isMet) => {
    expect(matchesPattern(parseEventPattern(JSON.stringify(pattern)), event)).toBe(isMet);
  });

  it('knows blocks of IPv6', () => {
    const pattern = parseEventPattern('{"ip": [{"cidr": "2001:db8::/32"}]}');
    expect(matchesPattern(pattern, { ip: '2001:db8:1::1' })).toBe(true);
    expect(matchesPattern(pattern, { ip: '2001:db9::1' })).toBe(false);
  });

  it.each(['', '[]', '{"a": 1}', '{"a": []}', '{"a": [{"regex": "x"}]}', '{"$or": []}', '{"$or": {}}'])(
    'refuses %s',
    (text) => expect(() => parseEventPattern(text)).toThrow(/pattern|list|operator/),
  );
});

describe('what a pattern watches', () => {
  const watched = (pattern: object) => watchedByPattern(parseEventPattern(JSON.stringify(pattern)));
  const viaTrail = { 'detail-type': ['AWS API Call via CloudTrail'] };

  it('names events by their source in the log', () => {
    expect(watched({ source: ['aws.iam'], ...viaTrail, detail: { eventName: ['CreateUser'] } })).toEqual({
      events: [{ source: 'iam.amazonaws.com', name: 'CreateUser' }],
      findings: [],
      needsTrail: true,
    });
  });

  it('goes by the event source where there is one', () => {
    const { events } = watched({
      source: ['aws.s3'],
      ...viaTrail,
      detail: { eventSource: ['iam.amazonaws.com'], eventName: [{ prefix: 'Create' }, { suffix: 'Key' }] },
    });
    expect(events).toEqual([
      { source: 'iam.amazonaws.com', name: 'Create*' },
      { source: 'iam.amazonaws.com', name: '*Key' },
    ]);
  });

  it('anything-but names nothing', () => {
    const pattern = { ...viaTrail, detail: { eventName: [{ 'anything-but': 'CreateUser' }] } };
    expect(watched(pattern).events).toEqual([]);
  });

  it('takes every way of $or', () => {
    const { events } = watched({
      ...viaTrail,
      $or: [
        { source: ['aws.iam'], detail: { eventName: ['CreateUser'] } },
        { source: ['aws.ec2'], detail: { eventName: ['RunInstances'] } },
      ],
    });
    expect(events.map(({ source, name }) => `${source} ${name}`)).toEqual([
      'iam.amazonaws.com CreateUser',
      'ec2.amazonaws.com RunInstances',
    ]);
  });

  it('knows findings of products', () => {
    expect(watched({ source: ['aws.guardduty'], detail: { type: [{ prefix: 'Recon:' }] } })).toEqual({
      events: [],
      findings: [{ product: 'guardduty', types: ['Recon:*'] }],
      needsTrail: false,
    });
  });

  it('knows a sign-in', () => {
    const { events } = watched({ 'detail-type': ['AWS Console Sign In via CloudTrail'] });
    expect(events).toEqual([{ source: 'signin.amazonaws.com', name: 'ConsoleLogin' }]);
  });
});
