import { expect, test } from '@jest/globals';
import { assert, constantFrom, property, record, string, uniqueArray } from 'fast-check';
import {
  choiceIn,
  choicesIn,
  idIn,
  listIn,
  listWithEmptyIn,
  parseSearch,
  stringifySearch,
  textIn,
  timeIn,
} from '../../../web/src/lib/search-params.ts';

test('writes lists between commas, and leaves out what is not set', () => {
  const search = {
    level: ['critical', 'high'],
    status: [],
    search: '',
    event: 7,
    cursor: undefined,
    all: true,
  };
  expect(stringifySearch(search)).toBe('?level=critical,high&event=7&all=true');
  expect(stringifySearch({})).toBe('');
});

test('keeps the empty value of a list: no region', () => {
  expect(stringifySearch({ region: [''] })).toBe('?region=');
  expect(listWithEmptyIn(parseSearch('?region='), 'region')).toEqual(['']);
  expect(listWithEmptyIn(parseSearch('?region=,eu-west-1'), 'region')).toEqual(['', 'eu-west-1']);
  expect(listWithEmptyIn(parseSearch(''), 'region')).toBeUndefined();
});

test('reads what it wrote, whatever the text', () => {
  const items = uniqueArray(constantFrom('a', 'eu-west-1', '111111111111', 'x&y=z', 'ü %2C +'), {
    minLength: 1,
  });
  assert(
    property(record({ text: string({ minLength: 1, unit: 'binary' }), items }), ({ text, items: list }) => {
      const read = parseSearch(stringifySearch({ text, list }));
      expect(read['text']).toBe(text);
      expect(listIn(read, 'list')).toEqual(list);
    }),
  );
});

test('takes what it does not understand as not set', () => {
  const search = parseSearch('?event=-3&sort=sideways&level=grave,high&since=yesterday&text=%20&list=,');
  expect(idIn(search, 'event')).toBeUndefined();
  expect(choiceIn(search, 'sort', ['up', 'down'])).toBeUndefined();
  expect(choicesIn(search, 'level', ['critical', 'high'])).toEqual(['high']);
  expect(timeIn(search, 'since')).toBeUndefined();
  expect(textIn(search, 'text')).toBeUndefined();
  expect(listIn(search, 'list')).toBeUndefined();
});

test('a day is its beginning in UTC', () => {
  expect(timeIn({ since: '2026-11-22' }, 'since')).toBe('2026-11-22T00:00:00.000Z');
});
