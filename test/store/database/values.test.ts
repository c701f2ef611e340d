import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { fromJson, isoTime, sqlJson, sqlTime } from '../../../src/store/database/values.ts';

describe('times', () => {
  test('lie as UTC text with milliseconds', () => {
    expect(sqlTime('2026-03-29T03:30:00.123+02:00')).toBe('2026-03-29 01:30:00.123');
    expect(isoTime('2026-03-29 01:30:00.123')).toBe('2026-03-29T01:30:00.123Z');
  });

  test('come back as they were', () => {
    const times = fc.date({ min: new Date('1000-01-01'), max: new Date('9999-12-31'), noInvalidDate: true });
    fc.assert(fc.property(times, (date) => expect(isoTime(sqlTime(date))).toBe(date.toISOString())));
  });
});

describe('JSON', () => {
  test('comes back as it was', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) =>
        expect(fromJson(sqlJson(value))).toEqual(JSON.parse(JSON.stringify(value))),
      ),
    );
  });

  test('is well-formed Unicode, whatever the text', () => {
    const lone = String.fromCharCode(0xd83d);
    expect(fromJson(sqlJson({ a: `${lone}x`, b: `\\ud83d`, c: `\\${lone}`, d: '😀' }))).toEqual({
      a: '\uFFFDd83dx',
      b: `\\ud83d`,
      c: '\\\uFFFDd83d',
      d: '😀',
    });
  });
});
