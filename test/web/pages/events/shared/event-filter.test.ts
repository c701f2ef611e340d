import { expect, test } from '@jest/globals';
import { eventFilterBody, eventFilterQuery } from '../../../../../src/api/schemas/events.ts';
import { parseSearch } from '../../../../../web/src/lib/search-params.ts';
import {
  exportAddress,
  filterParts,
  readEventFilter,
  scoped,
  toggled,
  withoutPart,
} from '../../../../../web/src/pages/events/shared/event-filter.ts';

const full = readEventFilter(
  parseSearch(
    '?level=high&status=active&service=s3&region=,eu-west-1&source=scoutsuite' +
      '&check=s3-bucket-no-versioning&resource=arn%3Aaws&search=acme&since=2026-11-22&page=2',
  ),
);

test('the API understands a filter of the address, as a query and as a body', () => {
  const address = new URL(exportAddress('csv', full), 'http://localhost');
  expect(eventFilterQuery.parse(Object.fromEntries(address.searchParams))).toEqual(full);
  expect(eventFilterBody.parse(full)).toEqual(full);
});

test('the API is asked for the accounts of the scope, and for all where there is none', () => {
  expect(scoped({ level: ['high'] }, ['111111111111'])).toEqual({
    level: ['high'],
    account: ['111111111111'],
  });
  expect(scoped({ level: ['high'] }, undefined)).toEqual({ level: ['high'] });
});

test('an export has the filter of the list', () => {
  expect(exportAddress('ocsf', { level: ['critical', 'high'], search: 'a&b' })).toBe(
    '/api/v1/events/export?format=ocsf&level=critical,high&search=a%26b',
  );
  expect(exportAddress('csv', {})).toBe('/api/v1/events/export?format=csv');
});

test('a facet’s value is added, then taken away again', () => {
  const two = toggled({ level: ['high'] }, 'level', 'critical');
  expect(two).toEqual({ level: ['critical', 'high'] });
  expect(toggled(two, 'level', 'high')).toEqual({ level: ['critical'] });
  expect(toggled({ level: ['critical'] }, 'level', 'critical')).toEqual({});
  expect(toggled({}, 'region', '')).toEqual({ region: [''] });
});

test('every part can be taken away on its own', () => {
  const parts = filterParts(full);
  expect(parts).toContainEqual({ name: 'service', value: 's3' });
  expect(parts).toContainEqual({ name: 'region', value: '' });
  const none = parts.reduce((filter, { name, value }) => withoutPart(filter, name, value), full);
  expect(none).toEqual({});
});
