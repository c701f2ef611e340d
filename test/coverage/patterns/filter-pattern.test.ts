import { describe, expect, it } from '@jest/globals';
import { matchesFilter, parseFilterPattern } from '../../../src/coverage/patterns/filter-pattern.ts';
import { watchedByFilter } from '../../../src/coverage/patterns/watched.ts';

const event = {
  eventName: 'StopLogging',
  eventSource: 'cloudtrail.amazonaws.com',
  errorCode: null,
  userIdentity: { type: 'Root' },
  requests: [{ size: 3 }, { size: 9 }],
  ok: true,
};

describe('what a filter pattern meets', () => {
  it.each([
    ['{ $.eventName = StopLogging }', true],
    ['{ $.eventName = "StopLogging" }', true],
    ['{$.eventName=Stop*}', true],
    ['{ ($.eventName = CreateTrail) || ($.eventName = StopLogging) }', true],
    ['{ ($.eventName = StopLogging) && ($.eventSource = iam.amazonaws.com) }', false],
    ['{ $.eventName != StopLogging }', false],
    ['{ $.missing != x }', false],
    ['{ $.missing NOT EXISTS }', true],
    ['{ $.errorCode IS NULL }', true],
    ['{ $.ok IS TRUE }', true],
    ['{ $.ok IS FALSE }', false],
    ['{ $.eventName = %^Stop|^Delete% }', true],
    ['{ $.requests[*].size > 8 }', true],
    ['{ $.requests[0].size > 8 }', false],
    [
      '{ $.userIdentity.type = "Root" && $.userIdentity.invokedBy NOT EXISTS && $.eventType != "AwsServiceEvent" }',
      false,
    ],
    ['{ $.userIdentity.type = "Root" && ($.errorCode IS NULL || $.eventName = x) }', true],
    ['StopLogging', true],
    ['?DeleteTrail ?StopLogging', true],
    ['StopLogging -Root', false],
    ['%Stop(Logging|Trail)%', true],
    ['', true],
  ])('%s: %s', (pattern, isMet) => expect(matchesFilter(parseFilterPattern(pattern), event)).toBe(isMet));

  it.each(['{ $.a = }', '{ $.a', '{ a = 1 }', '{ $.a IS MAYBE }', '{ ($.a = 1 }', '{ $.a = 1 } x', '[a, b'])(
    'refuses %s',
    (pattern) => expect(() => parseFilterPattern(pattern)).toThrow('cannot be read'),
  );
});

describe('what a filter pattern watches', () => {
  const names = (pattern: string) =>
    watchedByFilter(parseFilterPattern(pattern)).events.map(({ source, name }) => `${source} ${name}`.trim());

  it.each([
    ['{ ($.eventName = DeleteTrail) || ($.eventName = StopLogging) }', ['DeleteTrail', 'StopLogging']],
    [
      '{ ($.eventSource = kms.amazonaws.com) && (($.eventName=DisableKey)||($.eventName=ScheduleKeyDeletion)) }',
      ['kms.amazonaws.com DisableKey', 'kms.amazonaws.com ScheduleKeyDeletion'],
    ],
    ['{ $.eventName != DeleteTrail }', []],
    ['{ $.eventName = %(Create|Delete)Trail% }', ['CreateTrail', 'DeleteTrail']],
    ['{ $.eventName = "ConsoleLogin" && $.additionalEventData.MFAUsed != "Yes" }', ['ConsoleLogin']],
    ['{ ($.errorCode = "*UnauthorizedOperation") || ($.errorCode = "AccessDenied*") }', ['*denied *']],
    ['[ip, user, time, status = 4*, bytes]', []],
    ['StopLogging', ['StopLogging']],
    ['ERROR', []],
  ])('%s', (pattern, events) => expect(names(pattern)).toEqual(events));

  it('knows the root user', () => {
    const pattern = '{ $.userIdentity.type = "Root" && $.userIdentity.invokedBy NOT EXISTS }';
    expect(names(pattern)).toEqual(['signin.amazonaws.com ConsoleLogin']);
  });
});
